using Baton.Sdk.Telemetry;

namespace Baton.Sdk.Tests.Telemetry;

public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("api/users/42/orgs", "/api/users/{id}/orgs")]
    [InlineData("api/users/search?query=ada%40example.com&page=1", "/api/users/search")]
    [InlineData("api/access-control/user/permissions", "/api/access-control/user/permissions")]
    [InlineData("api/org/invites/kPq0ZVb3sT9wXyA1cD2eF4gH5iJ6kL/revoke", "/api/org/invites/{id}/revoke")]
    [InlineData("api/users/ada@example.com", "/api/users/{id}")]
    [InlineData("api/users/ada%20lovelace", "/api/users/{id}")]
    [InlineData("api/names/abcdefghijklmnopqrstuvwxyz", "/api/names/{id}")]
    [InlineData("", "/")]
    public void Of_Path_KeepsPlainWordsOnly(string path, string template)
        => Assert.Equal(template, PathTemplate.Of(new Uri("https://grafana.example.com/" + path)));
}
