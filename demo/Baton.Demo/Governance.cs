using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Baton.Demo;

/// <summary>Podium as a process on a port of its own, with a data folder that goes with the demo, and a Super Administrator made by its command.</summary>
internal sealed class Governance : IAsyncDisposable
{
    public const string Email = "ada@example.com";

    private const string Person = "Ada Lovelace";
    private const int Tries = 3;

    private readonly ChildProgram _program;

    private Governance(ChildProgram program, Uri address, string password, PodiumApi api)
        => (_program, Address, Password, Api) = (program, address, password, api);

    public Uri Address { get; }

    /// <summary>Of the Super Administrator; for this demo only, and shown at its end.</summary>
    public string Password { get; }

    public PodiumApi Api { get; }

    /// <param name="folder">Of the demo: private to its user, and removed at the end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<Governance> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var data = Path.Combine(folder, "podium");
        var password = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 20);
        var passwordFile = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(passwordFile, password, cancellationToken);
        await Executables.ReadAsync(
            Executables.Podium,
            ["user", "create", "--data", data, "--email", Email, "--name", Person, "--role", "super-administrator", "--password-file", passwordFile, "-o", "json"],
            cancellationToken);
        File.Delete(passwordFile);

        var (program, address) = await ServeAsync(data, folder, cancellationToken);
        try
        {
            var key = JsonNode.Parse(await Executables.ReadAsync(
                Executables.Podium,
                ["api-key", "create", "--data", data, "--public-url", address.GetLeftPart(UriPartial.Authority), "--user", Email, "--name", "demo", "--days", "1", "-o", "json"],
                cancellationToken))!;
            var api = await PodiumApi.SignInAsync(
                address, Path.Combine(data, "ca.pem"), key["clientId"]!.GetValue<string>(), key["clientSecret"]!.GetValue<string>(), cancellationToken);
            return new(program, address, password, api);
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _program.DisposeAsync();
    }

    // Its address is part of what it hands out, so that the port is chosen before: somebody else may take it in between.
    private static async Task<(ChildProgram Program, Uri Address)> ServeAsync(string data, string folder, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var program = await ChildProgram.StartAsync(
                Executables.Podium, folder, "serve", "--data", data, "--listen", $"127.0.0.1:{port}", "--public-url", $"https://127.0.0.1:{port}", "--listen-health", "none");
            try
            {
                await program.WaitForAsync("podium serves ", cancellationToken);
                return (program, new($"https://127.0.0.1:{port}/"));
            }
            catch (DemoException) when (attempt < Tries)
            {
                await program.DisposeAsync();
            }
            catch
            {
                await program.DisposeAsync();
                throw;
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
