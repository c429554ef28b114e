using Baton.Configuration;
using Baton.Sample;
using Baton.Sdk.Hosting;
using Baton.Sdk.Settings;

return await ConnectorHost.RunAsync(
    new ConnectorDefinition
    {
        Name = "baton-groups",
        Version = "1.0.0",
        Summary = "Sync who is in which group of a group file",
        Schema = new ConnectorSchema
        {
            DisplayName = "Group file",
            Fields = [new StringField("group-file") { Description = "A file with a line name:member,member for each group", Required = true }],
        },
        Create = (configuration, _) => new GroupConnector(configuration.GetString("group-file")),
        CreateDefault = _ => new GroupConnector("groups.txt"),
        Source = configuration => $"groups {Path.GetFullPath(configuration.GetString("group-file"))}",
    },
    args);
