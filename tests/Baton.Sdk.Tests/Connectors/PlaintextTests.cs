using System.Text;
using Baton.Sdk.Connectors;

namespace Baton.Sdk.Tests.Connectors;

public sealed class PlaintextTests
{
    [Fact]
    public void Bytes_OfACallersBuffer_AreACopy()
    {
        var given = "hunter2"u8.ToArray();
        using var plaintext = new Plaintext("password", given);

        given.AsSpan().Clear();

        Assert.Equal("hunter2"u8, plaintext.Bytes);
    }

    [Fact]
    public void FromText_AnyText_IsItsUtf8()
    {
        using var plaintext = Plaintext.FromText("password", "pä55-✓");

        Assert.Equal("pä55-✓", Encoding.UTF8.GetString(plaintext.Bytes));
    }

    [Fact]
    public void Dispose_ZeroesTheBytesAndTakesThemAway()
    {
        var plaintext = new Plaintext("password", "hunter2"u8);
        var bytes = plaintext.Bytes;

        plaintext.Dispose();

        Assert.Equal(new byte[7], bytes);
        Assert.Throws<ObjectDisposedException>(() => plaintext.Bytes.Length);
    }

    [Fact]
    public void ToString_ShowsTheNameOnly()
    {
        using var plaintext = new Plaintext("password", "hunter2"u8);

        Assert.Equal("plaintext password", plaintext.ToString());
        Assert.DoesNotContain("hunter2", new CredentialRequest.GivenPassword(plaintext).ToString(), StringComparison.Ordinal);
    }
}
