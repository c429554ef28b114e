using System.Text.Json.Serialization;

namespace Baton.Grafana.Api;

/// <summary>How Grafana's JSON is read. Ids are numbers, in some old versions numbers in quotes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(GrafanaUser))]
[JsonSerializable(typeof(IReadOnlyList<GrafanaUser>))]
[JsonSerializable(typeof(GrafanaUserPage))]
[JsonSerializable(typeof(GrafanaMember))]
[JsonSerializable(typeof(GrafanaMemberPage))]
[JsonSerializable(typeof(IReadOnlyList<GrafanaOrganization>))]
[JsonSerializable(typeof(GrafanaOrganization))]
[JsonSerializable(typeof(GrafanaProfile))]
[JsonSerializable(typeof(GrafanaHealth))]
[JsonSerializable(typeof(GrafanaSettings))]
[JsonSerializable(typeof(IReadOnlyList<GrafanaUserOrganization>))]
[JsonSerializable(typeof(IReadOnlyList<GrafanaInvite>))]
[JsonSerializable(typeof(GrafanaTeam))]
[JsonSerializable(typeof(GrafanaTeamPage))]
[JsonSerializable(typeof(GrafanaTeamMember))]
[JsonSerializable(typeof(GrafanaServiceAccount))]
[JsonSerializable(typeof(GrafanaServiceAccountPage))]
[JsonSerializable(typeof(IReadOnlyList<GrafanaToken>))]
[JsonSerializable(typeof(GrafanaMessage))]
[JsonSerializable(typeof(Dictionary<string, IReadOnlyList<string>>))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, string>>))]
[JsonSerializable(typeof(GrafanaAccessControlStatus))]
[JsonSerializable(typeof(IReadOnlyList<GrafanaRbacRole>))]
[JsonSerializable(typeof(Dictionary<long, IReadOnlyList<GrafanaRbacRole>>))]
[JsonSerializable(typeof(GrafanaIdPage))]
internal sealed partial class GrafanaJson : JsonSerializerContext;
