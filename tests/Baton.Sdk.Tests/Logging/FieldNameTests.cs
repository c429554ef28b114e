using Baton.Sdk.Logging;

namespace Baton.Sdk.Tests.Logging;

public class FieldNameTests
{
    [Theory]
    [InlineData("count", "count")]
    [InlineData("resourceTypeId", "resource_type_id")]
    [InlineData("resource_type_id", "resource_type_id")]
    [InlineData("SyncId", "sync_id")]
    [InlineData("http__urlDetails__host", "http.url_details.host")]
    [InlineData("grpc.time_ms", "grpc.time_ms")]
    public void Of_Parameter_IsSpelledAsInLines(string parameter, string expected) => Assert.Equal(expected, FieldName.Of(parameter).Value);
}
