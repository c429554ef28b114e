using System.Text;
using Baton.C1z.Reading;

namespace Baton.C1z.Tests.Reading;

public sealed class RepeatedTextTests
{
    [Fact]
    public void Of_SameBytes_IsOneString()
    {
        var texts = new RepeatedText();

        Assert.Same(texts.Of("org"u8), texts.Of("org"u8));
    }

    [Fact]
    public void Of_MoreTextsThanPlaces_IsEachTimeTheRightOne()
    {
        var texts = new RepeatedText();

        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 10_000; i++)
            {
                Assert.Equal($"type {i}", texts.Of(Encoding.UTF8.GetBytes($"type {i}")));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    [InlineData(100_000)]
    public void Of_AnyLength_IsTheText(int length)
    {
        var text = new string('ä', length);

        Assert.Equal(text, new RepeatedText().Of(Encoding.UTF8.GetBytes(text)));
    }
}
