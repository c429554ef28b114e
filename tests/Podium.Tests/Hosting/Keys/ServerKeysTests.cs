using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Hosting;
using Podium.Hosting.Keys;
using Podium.Tests.Data;

namespace Podium.Tests.Hosting.Keys;

public sealed class ServerKeysTests
{
    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task CheckAsync_FirstStart_MakesOneKeyThatIsWrapped(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);

        var keys = await server.Database.ReadAsync(context => context.DataProtectionKeys.Select(key => key.Xml).ToListAsync(Cancellation));

        var key = Assert.Single(keys)!;
        Assert.Contains("<wrapped", key, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", key, StringComparison.Ordinal);
        var protector = server.Get<IDataProtectionProvider>().CreateProtector("test");
        Assert.Equal("secret", protector.Unprotect(protector.Protect("secret")));
    }

    [Fact]
    public async Task StartAsync_OtherWrappingKey_IsRefusedInOneLine()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.PostgreSql);
        var folder = Directory.CreateTempSubdirectory("podium-keys-");
        try
        {
            var other = Path.Combine(folder.FullName, "other.key");
            await File.WriteAllBytesAsync(other, [.. Enumerable.Repeat((byte)1, 32)], Cancellation);

            var refusal = await Assert.ThrowsAsync<StartupException>(() => PodiumServer.StartAsync(
                server.Get<ServerOptions>() with { DataDirectory = folder.FullName, KeyFile = other }, configure: null, Cancellation));

            Assert.Contains(other, refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Decrypt_AnyBitChanged_IsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("podium-keys-");
        try
        {
            using var data = DataFolder.Open(folder.FullName);
            using var key = WrappingKey.Open(data.Path, givenFile: null);
            var encrypted = key.Encrypt("secret"u8);
            Assert.Equal("secret"u8.ToArray(), key.Decrypt(encrypted));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(data.FilePath(WrappingKey.FileName)));
            for (var index = 0; index < encrypted.Length; index++)
            {
                var changed = encrypted.ToArray();
                changed[index] ^= 1;
                Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => key.Decrypt(changed));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
