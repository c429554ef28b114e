using System.Text;

namespace Baton.Grafana.Tests;

/// <summary>What somebody may have configured: right, mistyped, at the wrong place, or nonsense.</summary>
internal sealed class RandomConfiguration
{
    private static readonly string[] SecretNames = ["password", "api-token", "client-secret"];

    private static readonly string[] OtherNames =
    [
        "hostname", "username", "auth-method", "workers", "provisioning", "task-concurrency", "http-timeout-seconds", "log-level", "log-format", "file",
        "sync-resource-types", "storage-engine", "health-check-port", "sync-service-account-tokens", "grant-entitlement", "grant-principal",
        "create-account-login", "event-feed-start-at", "external-resource-c1z", "c1z-temp-dir", "otel-collector-endpoint", "password-file", "platform-ca-cert",
    ];

    private static readonly string[] Values =
    [
        "", " ", "4\n", "true\n", "user, org", "\"quoted\"", "'", "\"", "0x10", "-1", "99999999999999999999", "true", "maybe", "https://g.example", "http://[", "g:99999",
        "{}", "[a", "a: b", "- x", "*x", "&y", "!!z", "%", "\t", "\0", "ä☂😀", "null", "~", "basic-auth-flow-group", "api-key-flow-group", "team,role", "a\"b", "/nosuch/x",
        ".", "..", "name@127.0.0.1:1/x", "@", "1e3", "2026-13-45", new('x', 5000),
    ];

    private static readonly string[] Commands = ["", "", "", "", "capabilities", "config", "doctor", "health-check", "help", "nosuch", "docter"];

    private readonly Random _random;
    private readonly StringBuilder _file = new();

    private RandomConfiguration(Random random) => _random = random;

    public List<string> Words { get; } = [];

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>What must not be shown.</summary>
    public List<string> Secrets { get; } = [];

    public bool OnATerminal { get; private set; }

    public static RandomConfiguration Make(Random random, string folder)
    {
        var made = new RandomConfiguration(random) { OnATerminal = random.Next(3) == 0 };
        foreach (var name in SecretNames.Where(_ => random.Next(3) > 0))
        {
            made.GiveSecret(name, folder);
        }

        if (random.Next(2) == 0)
        {
            // Enough to get as far as the target system.
            made.Variables.TryAdd("BATON_HOSTNAME", "https://g.example");
            made.Variables.TryAdd("BATON_USERNAME", "admin");
        }
        else
        {
            for (var count = random.Next(6); count > 0; count--)
            {
                made.Give(made.Mistyped(made.One(OtherNames)), made.One(Values));
            }
        }

        made.Words.Insert(random.Next(2) * made.Words.Count, made.One(Commands));
        made.Words.RemoveAll(word => word.Length == 0 && random.Next(4) > 0);
        File.WriteAllBytes(Path.Combine(folder, ".baton.yaml"), Encoding.UTF8.GetBytes(made.Damaged(made._file.ToString())));
        return made;
    }

    /// <summary>For whoever repeats it.</summary>
    public override string ToString()
        => $"words: {string.Join(" | ", Words)}\nvariables: {string.Join(" | ", Variables.Select(pair => $"{pair.Key}={pair.Value}"))}\nfile:\n{_file}";

    private void GiveSecret(string name, string folder)
    {
        var secret = Secret();
        Secrets.Add(secret);
        var typed = Mistyped(name);
        switch (_random.Next(8))
        {
            case 0:
                Words.AddRange([$"--{typed}", secret]);
                break;
            case 1:
                Words.Add($"{One(["--", "-", "---", ""])}{typed}={secret}");
                break;
            case 2:
                Words.AddRange([$"-{typed}", secret]);
                break;
            case 3:
                // Without quotation marks, a shell makes two words of it.
                var other = Secret();
                Secrets.Add(other);
                Words.AddRange($"--{typed}{One([" ", "="])}{secret}".Split(' ', 2));
                Words.Add(other);
                break;
            case 4:
                Variables[$"BATON_{typed.ToUpperInvariant().Replace('-', '_')}"] = secret + One(["", "\n", "\r\n"]);
                break;
            case 5:
                _file.Append($"{typed}{One([": ", " ", ":", ": |\n  ", ": \"", ": '"])}{secret}\n");
                break;
            case 6:
                _file.Append($"{typed}: {One(["[", "{", "- ", "*", "&", "!"])}{secret}\n");
                break;
            default:
                var path = Path.Combine(folder, $"secret-{_random.Next()}");
                File.WriteAllText(path, secret + One(["", "\n"]));
                Variables[$"BATON_{name.ToUpperInvariant().Replace('-', '_')}_FILE"] = path;
                break;
        }
    }

    private void Give(string name, string value)
    {
        switch (_random.Next(4))
        {
            case 0:
                Words.AddRange([$"--{name}", value]);
                break;
            case 1:
                Words.Add($"--{name}={value}");
                break;
            case 2:
                Variables[$"BATON_{name.ToUpperInvariant().Replace('-', '_')}"] = value;
                break;
            default:
                _file.Append($"{name}: {value}\n");
                break;
        }
    }

    private string Secret()
    {
        var alphabet = One(["abcdefghijklmnopqrstuvwxyz", "ABCdef0123456789_-", "aB3 \"'\\:#{}[]%&/+=?ä☂", "0123456789"]);
        return string.Concat(Enumerable.Range(0, _random.Next(10, 24)).Select(_ => $"{alphabet[_random.Next(alphabet.Length)]}")).Trim() + "Zq7x";
    }

    private string Mistyped(string name)
    {
        var place = _random.Next(name.Length);
        return _random.Next(6) switch
        {
            0 => name.Remove(place, 1),
            1 => name.Insert(place, "x"),
            2 => name.Replace('-', '_'),
            _ => name,
        };
    }

    private string Damaged(string text)
    {
        if (text.Length > 0 && _random.Next(3) == 0)
        {
            var place = _random.Next(text.Length);
            return _random.Next(3) switch
            {
                0 => text.Remove(place, 1),
                1 => text.Insert(place, One(["[", "{", "\"", "'", "\t", "\0", ":", "- ", "\n", "?", "%YAML 9\n"])),
                _ => text[..place],
            };
        }

        return text;
    }

    private T One<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
