using Baton.Grafana.Api;
using CsCheck;

namespace Baton.Grafana.Tests.Api;

public sealed class GrafanaVersionTests
{
    [Theory]
    [InlineData("6.5.0", 6, 5)]
    [InlineData("12.1.0-90105.patch2", 12, 1)]
    [InlineData("10.2.0-cloud.1", 10, 2)]
    [InlineData("13.0.1", 13, 0)]
    [InlineData("9.4", 9, 4)]
    [InlineData("11.10.0+security-01", 11, 10)]
    [InlineData("11.3-pre", 11, 3)]
    public void Parse_WhatServersSay_IsTheirVersion(string text, int major, int minor)
        => Assert.Equal(new GrafanaVersion(major, minor), GrafanaVersion.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("dev")]
    [InlineData("12")]
    [InlineData("v11.3.0")]
    [InlineData("x.y.z")]
    [InlineData(".5")]
    [InlineData("-1.5.0")]
    [InlineData("99999999999.1")]
    public void Parse_NoVersion_IsUnknown(string? text) => Assert.Null(GrafanaVersion.Parse(text));

    [Fact]
    public void Parse_TextOfAVersion_GivesItBack()
        => Gen.Select(Gen.Int[0, 99], Gen.Int[0, 99]).Sample((major, minor) => GrafanaVersion.Parse(new GrafanaVersion(major, minor).ToString()) == new GrafanaVersion(major, minor));

    [Theory]
    [InlineData("9.5", "10.2", true)]
    [InlineData("10.2", "10.2", false)]
    [InlineData("10.10", "10.2", false)]
    [InlineData("10.1", "10.2", true)]
    [InlineData("6.5", "7.2", true)]
    public void LessThan_ComparesNumbers(string left, string right, bool less)
    {
        Assert.Equal(less, GrafanaVersion.Parse(left)!.Value < GrafanaVersion.Parse(right)!.Value);
        Assert.Equal(!less, GrafanaVersion.Parse(left)!.Value >= GrafanaVersion.Parse(right)!.Value);
    }
}
