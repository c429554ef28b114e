using System.Globalization;
using Baton.Evidence.Findings;
using Baton.Evidence.Sheets.Inputs;

namespace Baton.Evidence.Accounts;

/// <summary>Who works here, by the personnel department. Accounts are found by e-mail, else by login, without regard to case.</summary>
public sealed class EmployeeList
{
    private static readonly string[] EndedWords = ["ended", "terminated", "left", "inactive", "former", "leaver"];

    private readonly Dictionary<string, Employee> _byAddress = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="EvidenceException">The file cannot be read, or is not such a list.</exception>
    public static EmployeeList Read(string path)
    {
        var list = new EmployeeList();
        foreach (var (row, cell) in CsvTable.Read(path, ["email"]))
        {
            var end = cell("end_date");
            DateTimeOffset? ended = null;
            if (end.Length > 0)
            {
                ended = DateTimeOffset.TryParseExact(end, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
                    ? date
                    : throw new EvidenceException($"{path}, row {row}: \"{end}\" is not a day as end_date has it; write it as 2026-11-23", EvidenceError.Mistake);
            }

            var person = new Employee(cell("manager_name"), cell("manager_email"), cell("department"), cell("employment_status"), ended);
            if (cell("email") is { Length: > 0 } email && !list._byAddress.TryAdd(email, person))
            {
                throw new EvidenceException($"{path}, row {row}: {email} stands in the list twice", EvidenceError.Mistake);
            }
        }

        return list;
    }

    public Employee? Find(Principal account)
        => _byAddress.GetValueOrDefault(account.Email) ?? _byAddress.GetValueOrDefault(account.Login);

    /// <summary>What the list gives reason to point out about an account.</summary>
    /// <param name="now">The time that ages are counted to.</param>
    internal FindingSet Flags(Principal account, DateTimeOffset now)
        => !account.MayBePerson ? FindingSet.None
            : Find(account) is not { } person ? FindingSet.None.With(FindingCode.Orphaned)
            : HasEnded(person, now) && (!account.IsDisabled || account.Grants > 0) ? FindingSet.None.With(FindingCode.LeftCompany)
            : FindingSet.None;

    private static bool HasEnded(Employee person, DateTimeOffset now)
        => person.EndDate is { } end
            ? end.AddDays(1) <= now
            : Array.Exists(EndedWords, word => person.Status.Equals(word, StringComparison.OrdinalIgnoreCase));
}

/// <param name="Status">Of the employment, in the words of the list.</param>
/// <param name="EndDate">The last day.</param>
public sealed record Employee(string ManagerName, string ManagerEmail, string Department, string Status, DateTimeOffset? EndDate)
{
    public string Manager => ManagerName.Length == 0 ? ManagerEmail : ManagerEmail.Length == 0 ? ManagerName : $"{ManagerName} <{ManagerEmail}>";
}
