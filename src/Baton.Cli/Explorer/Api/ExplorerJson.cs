using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Cli.Explorer.Api;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiFailure))]
[JsonSerializable(typeof(OverviewDocument))]
[JsonSerializable(typeof(ResourceDocument))]
[JsonSerializable(typeof(SearchDocument))]
[JsonSerializable(typeof(GraphDocument))]
[JsonSerializable(typeof(Listing<AccountDocument>))]
[JsonSerializable(typeof(Listing<ResourceRow>))]
[JsonSerializable(typeof(Listing<AccessDocument>))]
[JsonSerializable(typeof(Listing<PersonDocument>))]
[JsonSerializable(typeof(Listing<ChangeDocument>))]
internal sealed partial class ExplorerJson : JsonSerializerContext;
