using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Tests.Review;

public sealed class ReviewColumnsTests : IDisposable
{
    private readonly ReviewRun _run = new();

    [Fact]
    public async Task Rows_Account_HasEveryColumn()
    {
        using var file = OneGrant(Books.Person("7", new()
        {
            Login = "ada",
            Email = "ada@example.com",
            LastSeen = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
            Created = new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Profile = """{"full_name":"Ada Lovelace","is_external":true}""",
        }));
        var people = _run.Write("hr.csv", "email,manager_name,manager_email,department,employment_status\nADA@example.com,Grace,grace@example.com,Engines,active\n");

        var row = Assert.Single(await _run.Rows(file.Path, "--system", "Prod", "--people", people));

        string[] expected =
        [
            "account_name=Ada Lovelace", "login=ada", "email=ada@example.com", "account_id=user:7", "system=Prod", "account_type=human",
            "account_status=enabled", "last_seen=2026-11-21", "last_seen_quality=observed", "days_since_seen=9", "created=2025-01-02",
            "sign_in=managed", "mfa=unknown", "organization=Main", "resource=Main", "resource_id=org:1", "role=Admin", "privileged=yes", "how=direct",
            "revocable=yes", "since_last_review=", "first_seen=", "flags=PRIVILEGED", "manager=Grace <grace@example.com>",
            "department=Engines", "employment=active", "reviewer=Grace <grace@example.com>", "decision=", "new_role=", "reason=", "decided_by=",
            "decided_on=", "ticket=", "previous_decision=", "grant_id=org:1:Admin:user:7",
        ];
        Assert.Equal(
            expected,
            row.Where(cell => cell.Key is not ("row_id" or "source")).Select(cell => $"{cell.Key}={cell.Value}").ToArray());
        Assert.Matches("^r[0-9a-f]{16}$", row["row_id"]);
        Assert.Matches("^f[0-9a-f]{16}[.][0-9A-Za-z]{27}$", row["source"]);
    }

    [Fact]
    public async Task Rows_LastSeen_HasThreeStates()
    {
        using var observed = OneGrant(Books.Person("1"));
        using var never = OneGrant(Books.Person("1", new() { LastSeen = Books.Synced.AddYears(-12) }));
        using var unknown = OneGrant(Books.Person("1", new() { LastSeen = null }));

        Assert.Equal("2026-11-22|observed|8", await LastSeen(observed));
        Assert.Equal("never|never|", await LastSeen(never));
        Assert.Equal("not provided|unknown|", await LastSeen(unknown));
    }

    [Fact]
    public async Task Rows_Inherited_SayWhereToRevoke()
    {
        var rows = await _run.Rows(Fixtures.PathOf(Fixtures.Expansion));

        var inherited = rows.Single(row => row["grant_id"] == "org:1:admin:user:3");
        Assert.StartsWith("via ", inherited["how"], StringComparison.Ordinal);
        Assert.StartsWith("no: revoke at ", inherited["revocable"], StringComparison.Ordinal);
        var both = rows.Single(row => row["grant_id"] == "group:b:member:user:1");
        Assert.StartsWith("direct and via ", both["how"], StringComparison.Ordinal);
        Assert.Contains("DIRECT_AND_INHERITED", both["flags"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_ChildResource_NamesItsOrganization()
    {
        var org = TemporaryFile.Resource("org", "1", "Main");
        var team = TemporaryFile.Resource("team", "5", "SRE");
        team.ParentResourceId = org.Id;
        var member = TemporaryFile.Entitlement(team, "member");
        using var file = TemporaryFile.Of(sync =>
        {
            sync.Put([Types.User, Types.Org, Types.Team]);
            sync.Put([team, org, Books.Person("1")]);
            sync.Put([member]);
            sync.Put([TemporaryFile.Grant(member, TemporaryFile.User("1"))]);
        });
        var owners = _run.Write("owners.csv", "resource,reviewer_name,reviewer_email\n*,,all@example.com\norg:1,Olga,olga@example.com\n");

        var row = Assert.Single(await _run.Rows(file.Path, "--reviewer-map", owners, "--scope", "org:1"));

        Assert.Equal("Main", row["organization"]);
        Assert.Equal("SRE", row["resource"]);
        Assert.Equal("Olga <olga@example.com>", row["reviewer"]);
    }

    [Fact]
    public async Task Rows_PeopleListWithoutThem_AreOrphanedOrLeft()
    {
        using var orphan = OneGrant(Books.Person("1", new() { Email = "nobody@example.com" }));
        using var left = OneGrant(Books.Person("1", new() { Email = "left@example.com" }));
        var people = _run.Write("hr.csv", "email;end_date\nleft@example.com;2026-10-31\n");

        var orphanRow = Assert.Single(await _run.Rows(orphan.Path, "--people", people));
        var leftRow = Assert.Single(await _run.Rows(left.Path, "--people", people));

        Assert.Contains("ORPHANED", orphanRow["flags"], StringComparison.Ordinal);
        Assert.Equal("no match", orphanRow["manager"]);
        Assert.Contains("LEFT_COMPANY", leftRow["flags"], StringComparison.Ordinal);
        Assert.DoesNotContain("ORPHANED", leftRow["flags"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_EarlierFile_SayWhatIsNew()
    {
        var rows = await _run.Rows(Fixtures.PathOf(Fixtures.TwoSyncs), "--since", Fixtures.PathOf(Fixtures.Grafana));

        Assert.Equal("new", rows.Single(row => row["grant_id"] == "org:2:Admin:user:5")["since_last_review"]);
        Assert.Contains("NEW_PRIVILEGED", rows.Single(row => row["grant_id"] == "org:2:Admin:user:5")["flags"], StringComparison.Ordinal);
        Assert.Equal("role changed (from Viewer)", rows.Single(row => row["grant_id"] == "org:2:Editor:user:3")["since_last_review"]);
        Assert.Equal("unchanged", rows.Single(row => row["grant_id"] == "org:1:Admin:user:1")["since_last_review"]);
    }

    [Fact]
    public async Task Rows_TwoFilesWithTheSameGrant_HaveTheSameRowId()
    {
        var before = await _run.Rows(Fixtures.PathOf(Fixtures.Grafana));
        var after = await _run.Rows(Fixtures.PathOf(Fixtures.TwoSyncs));

        Assert.Equal(
            before.Single(row => row["grant_id"] == "org:1:Admin:user:1")["row_id"],
            after.Single(row => row["grant_id"] == "org:1:Admin:user:1")["row_id"]);
    }

    public void Dispose() => _run.Dispose();

    private static TemporaryFile OneGrant(Resource person)
    {
        var org = TemporaryFile.Resource("org", "1", "Main");
        var admin = TemporaryFile.Entitlement(org, "Admin");
        return TemporaryFile.Of(sync =>
        {
            sync.Put([Types.User, Types.Org]);
            sync.Put([org, person]);
            sync.Put([admin]);
            sync.Put([TemporaryFile.Grant(admin, person)]);
        });
    }

    private async Task<string> LastSeen(TemporaryFile file)
    {
        var row = Assert.Single(await _run.Rows(file.Path));
        return $"{row["last_seen"]}|{row["last_seen_quality"]}|{row["days_since_seen"]}";
    }
}
