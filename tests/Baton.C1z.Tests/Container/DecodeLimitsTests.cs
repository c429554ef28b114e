using Baton.C1z.Container;

namespace Baton.C1z.Tests.Container;

public sealed class DecodeLimitsTests
{
    [Fact]
    public void Default_IsThatOfUpstream()
    {
        Assert.Equal(10240L << 20, DecodeLimits.Default.MaxDecodedBytes);
        Assert.Equal(128L << 20, DecodeLimits.Default.MaxWindowBytes);
        Assert.Equal(27, DecodeLimits.Default.MaxWindowLog);
    }

    [Fact]
    public void FromEnvironment_Numbers_AreMebibytes()
    {
        var limits = DecodeLimits.FromEnvironment(name => name switch
        {
            "BATON_DECODER_MAX_DECODED_SIZE_MB" => "3",
            "BATON_DECODER_MAX_MEMORY_MB" => "64",
            _ => null,
        });

        Assert.Equal(new DecodeLimits { MaxDecodedBytes = 3 << 20, MaxWindowBytes = 64 << 20 }, limits);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("1.5")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999")]
    public void FromEnvironment_NoPositiveNumber_IsIgnored(string? text)
        => Assert.Equal(DecodeLimits.Default, DecodeLimits.FromEnvironment(_ => text));

    [Theory]
    [InlineData(0, 10)]
    [InlineData(-1, 10)]
    [InlineData(1, 10)]
    [InlineData(1 << 20, 20)]
    [InlineData((1 << 21) - 1, 20)]
    [InlineData(long.MaxValue, 31)]
    public void MaxWindowLog_AnyLimit_IsOneThatZstdTakes(long bytes, int log)
        => Assert.Equal(log, new DecodeLimits { MaxWindowBytes = bytes }.MaxWindowLog);
}
