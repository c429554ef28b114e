using System.Diagnostics;
using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests;

/// <summary>What only a real process shows: its streams, its exit code, its signals.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Json_Fixture_IsUtf8WithoutAMark()
    {
        using var process = Start("grants", "-f", Fixtures.PathOf(Fixtures.Expansion), "-o", "json");
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, Cancellation);

        Assert.Equal("", await Finish(process, expectedCode: 0));
        Assert.Equal((byte)'{', output.GetBuffer()[0]);
        output.Position = 0;
        Assert.True(JsonNode.DeepEquals(Fixtures.Listings(Fixtures.Expansion)["grants"], JsonNode.Parse(output)));
    }

    [Fact]
    public async Task File_Missing_FailsOnStandardError()
    {
        using var process = Start("grants", "-f", "there-is-no-such-file.c1z");

        Assert.Equal("", await process.StandardOutput.ReadToEndAsync(Cancellation));
        Assert.StartsWith("Error: there-is-no-such-file.c1z ", await Finish(process, expectedCode: 3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_IsAPipe_SaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no /dev/stdin.");
        using var process = Start("grants", "-f", "/dev/stdin");
        process.StandardInput.Close();

        Assert.Equal("", await process.StandardOutput.ReadToEndAsync(Cancellation));
        Assert.StartsWith("Error: cannot read /dev/stdin: it is a pipe", await Finish(process, expectedCode: 3), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    public async Task StandardError_CannotBeWritten_DoesNotChangeTheEnd(string redirection)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /dev/full.");
        using var missing = StartShell($"exec \"$@\" {redirection}", "grants", "-f", "there-is-no-such-file.c1z");

        Assert.Equal("", await missing.StandardOutput.ReadToEndAsync(Cancellation));
        Assert.Equal("", await Finish(missing, expectedCode: 3));
    }

    [Fact]
    public async Task Output_ReaderLeaves_EndsQuietly()
    {
        using var file = TemporaryFile.WithGrants(users: 100, grants: 5000);
        using var process = Start("grants", "-f", file.Path, "-o", "json");

        Assert.Equal("{\"grants\":[", await process.StandardOutput.ReadLineAsync(Cancellation));
        process.StandardOutput.Close();

        Assert.Equal("", await Finish(process, expectedCode: 0));
    }

    [Fact]
    public async Task Interrupt_WhileListing_EndsQuietlyAndTidiesUp()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGINT to send.");
        using var file = TemporaryFile.WithGrants(users: 1000, grants: 40_000);
        using var process = Start("grants", "-f", file.Path, "-o", "json");

        // The pipe is full long before the end, so the process is in the middle of its listing until somebody reads on.
        await process.StandardOutput.ReadLineAsync(Cancellation);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(Cancellation);
        }

        await process.StandardOutput.ReadToEndAsync(Cancellation);
        Assert.Equal("", await Finish(process, expectedCode: 130));
    }

    [Fact]
    public async Task Export_ToStandardOutput_IsBytes()
    {
        using var process = Start("export", "xlsx", "-f", Fixtures.PathOf(Fixtures.Expansion), "--out", "-");
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, Cancellation);

        Assert.Equal("", await Finish(process, expectedCode: 0));
        Assert.Equal("PK\u0003\u0004"u8, output.ToArray().AsSpan(0, 4));
    }

    [Fact]
    public async Task Export_ReaderLeaves_EndsQuietly()
    {
        using var file = TemporaryFile.WithGrants(users: 100, grants: 5000);
        using var process = Start("export", "csv", "-f", file.Path, "--out", "-");

        Assert.StartsWith("Type,", await process.StandardOutput.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        process.StandardOutput.Close();

        Assert.Equal("", await Finish(process, expectedCode: 0));
    }

    [Fact]
    public async Task Terminate_WhileExporting_LeavesNothingBehind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM to send.");
        using var file = TemporaryFile.WithGrants(users: 1000, grants: 40_000);
        using var process = Start("export", "json", "-f", file.Path, "--out", "-");
        await process.StandardOutput.ReadLineAsync(Cancellation);
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(Cancellation);
        }

        await process.StandardOutput.ReadToEndAsync(Cancellation);
        Assert.Equal("", await Finish(process, expectedCode: 130));
    }

    [Theory]
    [InlineData("export csv --details", "sync.csv")]
    [InlineData("export json", "sync.json")]
    [InlineData("export xlsx", "sync.xlsx")]
    [InlineData("review --format json", "evidence.json")]
    public async Task Kill_WhileExporting_LeavesNothingThatOthersCanRead(string command, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There are no modes to look at.");
            return;
        }

        using var output = new TemporaryFolder();
        using var file = TemporaryFile.WithGrants(users: 2000, grants: 60_000);
        string[] arguments = [.. command.Split(' '), "-f", file.Path, "--out", output.PathOf(name)];
        using (var process = Start(arguments))
        {
            await AppearsAsync(output, process);
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
        }

        var left = Assert.Single(Directory.EnumerateFiles(output.Path));
        Assert.Equal(output.PathOf(name + ".tmp"), left);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(left));
        foreach (var folder in Directory.EnumerateDirectories(_folder.Path))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }

        // The next run takes over what is left, also in the temporary folder.
        using var again = Start(arguments);
        await again.StandardOutput.ReadToEndAsync(Cancellation);
        Assert.Equal("", await Finish(again, expectedCode: 0));
        Assert.Equal([output.PathOf(name)], Directory.EnumerateFiles(output.Path));
    }

    [Theory]
    [InlineData("export c1z", "sync.c1z")]
    [InlineData("dump-db", "sync.db")]
    public async Task Kill_WhileCopying_LeavesNothingThatOthersCanRead(string command, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There are no modes to look at.");
            return;
        }

        using var output = new TemporaryFolder();
        using var file = TemporaryFile.WithGrants(users: 2000, grants: 60_000);
        var (path, temporary) = (output.PathOf(name), output.PathOf(name + ".tmp"));
        string[] arguments = [.. command.Split(' '), "-f", file.Path, "--out", path];

        // A copy is quick: one that was done before the kill is made again.
        for (var attempt = 0; !Path.Exists(temporary); attempt++)
        {
            Assert.True(attempt < 50, "Every copy was done before it could be killed.");
            File.Delete(path);
            using var process = Start(arguments);
            while (!process.HasExited && !HasContent(temporary))
            {
                await Task.Yield();
                Cancellation.ThrowIfCancellationRequested();
            }

            process.Kill();
            await process.WaitForExitAsync(Cancellation);
        }

        Assert.Equal([temporary], Directory.EnumerateFileSystemEntries(output.Path));
        foreach (var left in Directory.EnumerateDirectories(_folder.Path).Append(temporary))
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(left) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }

        using var again = Start(arguments);
        await again.StandardOutput.ReadToEndAsync(Cancellation);
        Assert.Equal("", await Finish(again, expectedCode: 0));
        Assert.Equal([path], Directory.EnumerateFileSystemEntries(output.Path));
    }

    [Fact]
    public async Task File_OddPath_IsOpened()
    {
        var path = Path.Combine(_folder.Path, "spaces and ümläuts 字.c1z");
        File.Copy(Fixtures.PathOf(Fixtures.Grafana), path);
        using var process = Start("syncs", "-f", path, "-o", "jsonl");

        Assert.StartsWith("{\"id\":\"3MVN", await process.StandardOutput.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
        File.Delete(path);
        Assert.Equal("", await Finish(process, expectedCode: 0));
    }

    [Fact]
    public async Task Interrupt_Explorer_EndsWithSuccessAndTidiesUp()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGINT to send.");
        using var process = Start("explorer", "-f", Fixtures.PathOf(Fixtures.Grafana), "--no-open");
        while (await process.StandardOutput.ReadLineAsync(Cancellation) is { } line && !line.Contains("Ctrl-C", StringComparison.Ordinal))
        {
            // The address is told before, and by then the server listens.
        }

        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(Cancellation);
        }

        Assert.Equal("", await Finish(process, expectedCode: 0));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Waits until there is a file in the folder with something in it.</summary>
    private static async Task AppearsAsync(TemporaryFolder folder, Process process)
    {
        while (!Directory.EnumerateFiles(folder.Path).Any(path => new FileInfo(path).Length > 0))
        {
            Assert.False(process.HasExited, "The export ended before it could be killed.");
            await Task.Yield();
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    // A database is unpacked in a folder of its own, where SQLite may put files beside it.
    private static bool HasContent(string temporary)
        => new FileInfo(Directory.Exists(temporary) ? Path.Combine(temporary, "database") : temporary) is { Exists: true, Length: > 0 };

    private Process Start(params string[] arguments) => StartProgram("dotnet", [Executable(), .. arguments]);

    private Process StartShell(string script, params string[] arguments)
        => StartProgram("sh", ["-c", script, "sh", "dotnet", Executable(), .. arguments]);

    private Process StartProgram(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["BATON_TMPDIR"] = _folder.Path;
        return Process.Start(start)!;
    }

    // The build puts every project's output beside the others', in a folder a configuration.
    private static string Executable()
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Baton.Cli", configuration, "baton.dll"));
    }

    private async Task<string> Finish(Process process, int expectedCode)
    {
        var error = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(expectedCode, process.ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        return error;
    }
}
