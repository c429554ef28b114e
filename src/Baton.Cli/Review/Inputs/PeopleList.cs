using System.Globalization;
using Baton.Cli.Evidence;

namespace Baton.Cli.Review.Inputs;

/// <summary>Who works here, by the personnel department. Accounts are found by e-mail, else by login, without regard to case.</summary>
internal sealed class PeopleList
{
    private static readonly string[] EndedWords = ["ended", "terminated", "left", "inactive", "former", "leaver"];

    private readonly Dictionary<string, Person> _byAddress = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="CliException">The file cannot be read, or is no such list.</exception>
    public static PeopleList Read(string path)
    {
        var list = new PeopleList();
        foreach (var (row, cell) in CsvTable.Read(path, ["email"]))
        {
            var end = cell("end_date");
            DateTimeOffset? ended = null;
            if (end.Length > 0)
            {
                ended = DateTimeOffset.TryParseExact(end, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
                    ? date
                    : throw new CliException($"{path}, row {row}: \"{end}\" is no end_date; write it as 2026-11-23", ExitCode.Usage);
            }

            var person = new Person(cell("manager_name"), cell("manager_email"), cell("department"), cell("employment_status"), ended);
            if (cell("email") is { Length: > 0 } email && !list._byAddress.TryAdd(email, person))
            {
                throw new CliException($"{path}, row {row}: {email} stands in the list twice", ExitCode.Usage);
            }
        }

        return list;
    }

    public Person? Find(Account account)
        => _byAddress.GetValueOrDefault(account.Email) ?? _byAddress.GetValueOrDefault(account.Login);

    /// <summary>Adds what the list gives reason to point out.</summary>
    public void Apply(AccessBook book)
    {
        foreach (var account in book.Accounts.Where(account => account.MayBePerson))
        {
            var person = Find(account);
            if (person is null)
            {
                account.Flags = account.Flags.With(FindingCode.Orphaned);
            }
            else if (HasEnded(person, book.AsOf) && (!account.IsDisabled || account.Grants > 0))
            {
                account.Flags = account.Flags.With(FindingCode.LeftCompany);
            }
        }
    }

    private static bool HasEnded(Person person, DateTimeOffset now)
        => person.EndDate is { } end
            ? end.AddDays(1) <= now
            : Array.Exists(EndedWords, word => person.Status.Equals(word, StringComparison.OrdinalIgnoreCase));
}

/// <param name="Status">Of the employment, in the words of the list.</param>
/// <param name="EndDate">The last day.</param>
internal sealed record Person(string ManagerName, string ManagerEmail, string Department, string Status, DateTimeOffset? EndDate)
{
    public string Manager => ManagerName.Length == 0 ? ManagerEmail : ManagerEmail.Length == 0 ? ManagerName : $"{ManagerName} <{ManagerEmail}>";
}
