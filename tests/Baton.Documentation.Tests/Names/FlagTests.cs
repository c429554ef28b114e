using System.Text.RegularExpressions;
using Baton.Documentation.Tests.Pages;

namespace Baton.Documentation.Tests.Names;

public sealed partial class FlagTests
{
    // Flags of other programs that the pages call, by program.
    private static readonly Dictionary<string, string[]> Foreign = new(StringComparer.Ordinal)
    {
        ["age"] = ["decrypt"],
        ["baton-demo"] = ["latency", "once", "organizations", "release", "users"],
        ["baton-groups"] = ["group-file"],
        ["buildah, podman, docker"] = ["build-arg", "cap-drop", "detach", "env", "file", "format", "isolation", "label", "name", "network", "platform", "pull", "read-only", "rm", "security-opt", "stop-timeout", "tag", "tls-verify", "tmpfs", "user", "volume"],
        ["cosign, sha256sum, tar"] = ["check", "extract", "ignore-missing", "strip-components"],
        ["curl, jq"] = ["cacert", "data", "data-urlencode", "exit-status", "fail", "fail-with-body", "header", "raw-output", "request", "show-error", "silent", "user"],
        ["docker run"] = ["env-file"],
        // The server's own tests hold its flags.
        ["podium"] = ["audit", "catalog", "database", "database-file", "email", "head", "key-file", "password-file", "public-url", "role"],
        ["dotnet"] = ["force-evaluate", "no-restore", "project", "self-contained", "solution"],
        ["git"] = ["no-checkout", "tags", "verify"],
        ["journalctl, systemctl"] = ["follow", "grep", "lines", "no-pager", "now", "output", "property", "since", "unit", "value"],
        ["kubectl"] = ["container", "context", "dry-run", "filename", "for", "from-env-file", "from-file", "from-literal", "image", "kustomize", "namespace", "output", "previous", "replicas", "selector", "tail", "timeout", "watch"],
        ["systemd-analyze, systemd-run, useradd"] = ["offline", "home-dir", "no-create-home", "pty", "shell", "system"],
        ["scripts of this repository"] = ["assets", "only", "published"],
        ["install, prometheus"] = ["target", "web"],
    };

    private static readonly HashSet<string> Known =
    [
        .. Definitions.Tree(Definitions.Connector).Concat(Definitions.Tree(Definitions.Baton)).SelectMany(Definitions.Flags).Select(flag => flag.Name),
        .. Foreign.SelectMany(program => program.Value),
    ];

    [Fact]
    public void Pages_Flags_AreDefined()
    {
        var unknown = (from page in DocumentPage.All
                       from name in Names(page.Text)
                       where !Known.Contains(name)
                       select $"{page}: --{name}").Distinct(StringComparer.Ordinal).ToList();

        Assert.True(unknown.Count == 0, $"no command has these flags (those of other programs are listed in {nameof(FlagTests)}):\n   {string.Join("\n   ", unknown)}");
    }

    /// <summary>A flag exists, but also with that command?</summary>
    [Fact]
    public void ShellBlocks_Flags_BelongToTheirCommand()
    {
        var wrong = (from page in DocumentPage.All
                     from block in page.Blocks
                     where block.IsShell
                     from words in ShellText.Commands(block.Text)
                     let problem = Problem(words)
                     where problem is not null
                     select $"{block.Place}: {problem}").ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void ShellBlocks_Notes_AreKnown()
        => Assert.All(
            DocumentPage.All.SelectMany(page => page.Blocks).Where(block => block.IsShell),
            block => Assert.True(block.IsMarkedWell, $"{block.Place}: '{block.Note}' is none of: nothing, exit=N, service, no-run: and the reason"));

    [Fact]
    public void Problem_WrongCommandLines_AreSeen()
    {
        Assert.Null(Problem(["baton", "grants", "--role", "Admin", "-f", "x.c1z"]));
        Assert.Null(Problem(["baton-grafana", "--provisioning=false", "health-check", "--endpoint", "live"]));
        Assert.NotNull(Problem(["baton", "grants", "--max-age", "2d"]));
        Assert.NotNull(Problem(["baton", "grant"]));
        Assert.NotNull(Problem(["baton-grafana", "--no-such-flag"]));
    }

    private static string? Problem(IReadOnlyList<string> words)
    {
        var program = words[0] switch
        {
            "baton" => Definitions.Baton,
            "baton-grafana" => Definitions.Connector,
            _ => null,
        };
        if (program is null)
        {
            return null;
        }

        var (path, rest) = (program, words.Skip(1).ToList());
        foreach (var word in rest.TakeWhile(word => word != "--").Where(word => !word.StartsWith('-')))
        {
            if (path.Find(word) is not { } below)
            {
                break;
            }

            path = below;
        }

        if (path.IsRoot && words[0] == "baton" && rest.Count > 0 && !rest[0].StartsWith('-'))
        {
            return $"baton has no command {rest[0]}";
        }

        var flags = Definitions.Flags(path).ToList();
        var unknown = rest.TakeWhile(word => word != "--").FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal)
            ? !flags.Exists(flag => flag.Name == word[2..].Split('=')[0])
            : word.Length == 2 && word[0] == '-' && char.IsLetter(word[1]) && !flags.Exists(flag => flag.Short == word[1]));
        return unknown is null ? null : $"{path.FullName} has no flag {unknown}";
    }

    private static IEnumerable<string> Names(string text) => LongFlag().Matches(text).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"(?<![\w\-/!<.])--(?<name>[a-z][a-z0-9]*(-[a-z0-9]+)*)(?![a-z0-9…]|-…)", RegexOptions.ExplicitCapture)]
    private static partial Regex LongFlag();
}
