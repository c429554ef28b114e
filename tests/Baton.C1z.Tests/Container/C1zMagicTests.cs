using Baton.C1z.Container;

namespace Baton.C1z.Tests.Container;

public sealed class C1zMagicTests
{
    [Theory]
    [InlineData("", C1zFormat.Empty)]
    [InlineData("43", C1zFormat.Unknown)]
    [InlineData("43315A46", C1zFormat.Unknown)]
    [InlineData("43315A4600", C1zFormat.V1)]
    [InlineData("43315A460028B52FFD", C1zFormat.V1)]
    [InlineData("43315A3300", C1zFormat.V3)]
    [InlineData("43315A3200", C1zFormat.Unknown)]
    [InlineData("43315A4601", C1zFormat.Unknown)]
    [InlineData("53514C6974652066", C1zFormat.Unknown)]
    internal void Detect_FirstBytes_SayWhatItIs(string head, C1zFormat format)
    {
        using var file = new MemoryStream(Convert.FromHexString(head));

        Assert.Equal(format, C1zMagic.Detect(file));
    }
}
