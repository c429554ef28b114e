using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Cli.Explorer.Api;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiFailure))]
[JsonSerializable(typeof(OverviewDocument))]
[JsonSerializable(typeof(ResourceDocument))]
[JsonSerializable(typeof(SearchDocument))]
[JsonSerializable(typeof(GraphDocument))]
[JsonSerializable(typeof(ListDocument<AccountDocument>))]
[JsonSerializable(typeof(ListDocument<ListedResource>))]
[JsonSerializable(typeof(ListDocument<AccessDocument>))]
[JsonSerializable(typeof(ListDocument<PersonDocument>))]
[JsonSerializable(typeof(ListDocument<ChangeDocument>))]
internal sealed partial class ExplorerJson : JsonSerializerContext;
