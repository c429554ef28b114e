using Baton.Evidence.Accounts;
using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;
using Baton.Protocol.Cli.V1;

namespace Baton.Evidence.Lists;

/// <summary>Users, groups, and whatever access is granted to; also those of them who hold grants.</summary>
public static class ResourceRows
{
    /// <summary>For one list: its columns remember the row that is being written.</summary>
    public static RowKind<ResourceOutput> Kind(DateTimeOffset synced) => new("resources", Columns(synced), () => new MessageForm<ResourceOutput>())
    {
        Texts = row => PrincipalSearch.Texts(row.Resource),
    };

    private static Column<ResourceOutput>[] Columns(DateTimeOffset synced)
    {
        var account = new RecentAccount(synced);
        return
        [
            new("Type", row => row.Resource.Id?.ResourceType ?? ""),
            new("ID", row => row.Resource.Id?.Resource ?? ""),
            new("Display name", row => row.Resource.DisplayName),
            new("Status", row => account.Of(row.Resource).Status) { Tones = ListTones.OfStatus },
            new("Parent", row => Facts.Name(row.Parent)),
            new("Email", row => account.Of(row.Resource).Email),
            new("Login", row => account.Of(row.Resource).Login) { IsDetail = true },
            new("Account type", row => account.Of(row.Resource).Type) { IsDetail = true },
            new("Last seen", row => account.Of(row.Resource).LastSeen) { IsDetail = true },
            new("Created", row => account.Of(row.Resource).Created) { IsDetail = true },
            new("Parent ID", row => Facts.Reference(row.Resource.ParentResourceId)) { IsDetail = true },
            new("Description", row => row.Resource.Description) { IsDetail = true },
        ];
    }
}
