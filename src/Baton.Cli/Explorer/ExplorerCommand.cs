using System.Net;
using System.Text.Encodings.Web;
using Baton.C1z.Reading;
using Baton.Cli.Commands;
using Baton.Cli.Explorer.Api;
using Baton.Cli.Explorer.Model;
using Baton.Cli.Explorer.Serving;
using Baton.Cli.Output;
using Baton.CommandLine;
using Baton.Evidence;
using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;

namespace Baton.Cli.Explorer;

internal static class ExplorerCommand
{
    private static readonly StringFlag ResourceType = new("resource-type", "begin with the list of the resources of this type") { Short = 't' };

    private static readonly StringFlag Host = new("host", "the address to listen on: 127.0.0.1, ::1 or localhost", "127.0.0.1");

    private static readonly IntegerFlag Port = new("port", "the port to listen on; 0 for any free one") { Short = 'p' };

    private static readonly BooleanFlag Open = new("open", "open the browser, also where that is not done by itself");

    private static readonly BooleanFlag NoOpen = new("no-open", "do not open the browser");

    private static readonly StringFlag Since = new("since", "an earlier .c1z file, to see what changed since") { Placeholder = "FILE" };

    private static readonly StringFlag Previous = new("previous", "the same as --since") { Placeholder = "FILE", Hidden = true };

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "explorer",
        Summary = "Look at who has access to what in a browser, on a page that only this machine can open",
        Description =
            """
            Serves a page on this machine until Ctrl-C, and prints its address. Nobody can open it without that address, which changes with
            every start; nothing is loaded from the internet, and nothing is written.

            The browser opens by itself where somebody sits in front of a screen: not over SSH, in a build, or when the output goes to a file.
            """,
        Flags = [ResourceType, Since, Previous, .. ReviewFlags.OfEvidence, Host, Port, Open, NoOpen],
        Handler = (invocation, cancellationToken) => RunAsync(invocation.Flags, host, cancellationToken),
    };

    private static async Task<int> RunAsync(FlagValues flags, ProgramHost host, CancellationToken cancellationToken)
    {
        var global = GlobalFlags.Read(flags, host.Environment);
        if (global.Format is not (OutputFormat.Table or OutputFormat.Json))
        {
            throw new UsageException("the explorer tells its address as text, or as json with -o json");
        }

        var options = ReadOptions(flags);
        var evidence = ReviewFlags.ReadEvidence(flags);
        using var source = ExplorerSource.Open(global, options.PreviousFile, host);
        RequireType(source, options.StartType);
        foreach (var warning in global.Quiet ? [] : source.Warnings)
        {
            host.WriteDiagnostic("Warning", warning);
        }

        var index = ReadIndex(source.Reader, evidence, global, host, cancellationToken);
        var api = new ExplorerApi(index, source, options, host);
        await using var server = await ExplorerServer.StartAsync(options, api.HandleAsync, cancellationToken);
        await TellAsync(server.Address, index, global.Format, host);
        if (!flags.Get(NoOpen) && (flags.Get(Open) || BrowserWindow.IsSensible(host.Terminal, host.Environment)) && !BrowserWindow.TryOpen(server.Address))
        {
            host.WriteDiagnostic("Warning", "no browser could be opened; open the address yourself");
        }

        // Being interrupted is how this command ends, and so it is a success.
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(interrupted.SetResult);
        await interrupted.Task;
        return 0;
    }

    private static ExplorerIndex ReadIndex(SyncReader reader, EvidenceOptions evidence, GlobalOptions global, ProgramHost host, CancellationToken cancellationToken)
    {
        if (host.Terminal is null || global.Quiet)
        {
            return ExplorerIndex.Build(reader, evidence, progress: null, cancellationToken);
        }

        using var progress = new ReadingProgress(host, Enum.GetValues<StoredTable>().Sum(reader.Count));
        return ExplorerIndex.Build(reader, evidence, progress, cancellationToken);
    }

    private static ExplorerOptions ReadOptions(FlagValues flags)
    {
        if (flags.Get(Open) && flags.Get(NoOpen))
        {
            throw new UsageException("--open and --no-open exclude each other");
        }

        return new()
        {
            Address = ReadAddress(flags.Get(Host)),
            Port = (int)ReadNumber(flags, Port, 0, IPEndPoint.MaxPort),
            StartType = flags.Get(ResourceType) is { Length: > 0 } type ? type : null,
            PreviousFile = new[] { flags.Get(Since), flags.Get(Previous) }.FirstOrDefault(file => file.Length > 0),
        };
    }

    private static IPAddress ReadAddress(string text)
    {
        var address = text == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(text, out var parsed) ? parsed : null;
        return address is not null && IPAddress.IsLoopback(address)
            ? address
            : throw new UsageException(
                $"--host \"{text}\" is not an address of this machine alone",
                "the explorer serves nobody else; to look from elsewhere, forward the port: ssh -L 8080:127.0.0.1:8080");
    }

    private static long ReadNumber(FlagValues flags, IntegerFlag flag, long least, long most)
        => flags.Get(flag) is var number && number >= least && number <= most
            ? number
            : throw new UsageException($"--{flag.Name} {number} is not from {least} to {most}");

    private static void RequireType(ExplorerSource source, string? type)
    {
        if (type is not null && source.Reader.FindResourceType(type) is null)
        {
            var known = string.Join(", ", source.Reader.ResourceTypes().Select(each => each.Id));
            throw new CliException($"this sync has no resource type \"{type}\"; it has {(known.Length == 0 ? "none" : known)}", BatonExitCode.Usage);
        }
    }

    private static async Task TellAsync(Uri address, ExplorerIndex index, OutputFormat format, ProgramHost host)
    {
        var run = index.Book.Run;
        if (format == OutputFormat.Json)
        {
            await host.Output.WriteAsync($$"""{"url":"{{JavaScriptEncoder.Default.Encode(address.AbsoluteUri)}}","syncId":"{{JavaScriptEncoder.Default.Encode(run.Id)}}"}{{"\n"}}""");
        }
        else
        {
            await host.Output.WriteAsync(
                $"""
                {index.Accounts.Count:N0} accounts, {index.Book.Rows.Count:N0} grants (sync {DisplayText.Neutralise(run.Id)}, {DisplayText.Neutralise(run.TypeName)}, {Facts.Time(run.EndedAt ?? run.StartedAt)})

                  {address.AbsoluteUri}

                Only this machine can open it, and only with this address. Ctrl-C ends it.

                """);
        }

        await host.Output.FlushAsync();
    }
}
