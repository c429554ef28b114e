using System.Globalization;
using Baton.Testing.Grafana.Api;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana;

/// <content>Fills the instance for measurements and for tests of paging.</content>
public sealed partial class FakeGrafana
{
    private static readonly string[] FirstNames =
        ["Ada", "Alan", "Barbara", "Edsger", "Frances", "Grace", "Jean", "Katherine", "Niklaus", "Tony"];

    private static readonly string[] LastNames =
        ["Allen", "Backus", "Dijkstra", "Hoare", "Hopper", "Johnson", "Liskov", "Lovelace", "Turing", "Wirth"];

    /// <summary>
    /// Adds accounts <c>user0000001</c>… until there are so many, all members of the first organization, and organizations
    /// until there are so many. The same arguments give the same instance.
    /// </summary>
    /// <param name="users">Accounts in all, the server administrator included.</param>
    /// <param name="organizations">Organizations in all, the first included.</param>
    /// <param name="extraMemberships">How many further organizations each account joins, as far as there are any.</param>
    /// <param name="teams">Teams in each organization.</param>
    /// <param name="teamSize">Members of each team.</param>
    /// <param name="seed">Of the randomness.</param>
    public void Populate(
        int users, int organizations = 1, int extraMemberships = 1, int teams = 0, int teamSize = 10, int seed = 1) => Do(() =>
    {
        // Chosen for repetition, not for secrecy.
#pragma warning disable CA5394
        var random = new Random(seed);
        var now = _state.Now;
        var main = _state.Orgs.ByName[0];
        var orgs = new List<OrgRow> { main };
        var admin = _state.Users.InOrder(null).First(user => user.IsServerAdmin);
        while (_state.Orgs.Count < organizations)
        {
            var org = _state.AddOrg(string.Create(CultureInfo.InvariantCulture, $"Organization {_state.Orgs.Count + 1:d4}"));
            _state.AddMember(org, admin, GrafanaRole.Admin);
            orgs.Add(org);
        }

        for (var number = _state.Users.Count; number < users; number++)
        {
            var created = now.AddMinutes(-random.Next(60, 2_000_000));
            var login = string.Create(CultureInfo.InvariantCulture, $"user{number:d7}");
            var user = _state.AddUser(new(login)
            {
                Name = $"{FirstNames[random.Next(FirstNames.Length)]} {LastNames[random.Next(LastNames.Length)]}",
                IsDisabled = random.Next(50) == 0,
                Created = created,
                LastSeen = random.Next(10) == 0 ? null : created.AddMinutes(random.Next(1, 60)),
            });
            _state.AddMember(main, user, AnyRole(random));

            var first = random.Next(organizations);
            for (var extra = 0; extra < Math.Min(extraMemberships, orgs.Count - 1); extra++)
            {
                _state.AddMember(orgs[1 + ((first + extra) % (orgs.Count - 1))], user, AnyRole(random));
            }
        }

        // What the first listing would otherwise do, and a measurement blame on the client.
        var rows = new RowWriter(_state, _options, now);
        foreach (var user in _state.Users.InOrder(null))
        {
            rows.Render(user);
        }

        foreach (var org in orgs)
        {
            var members = org.Members;
            foreach (var member in members)
            {
                rows.Render(member);
            }

            for (var number = 1; number <= teams; number++)
            {
                var team = _state.AddTeam(org.Id, string.Create(CultureInfo.InvariantCulture, $"Team {number:d4}"), "");
                while (team.Members.Count < Math.Min(teamSize, members.Length))
                {
                    team.Members[members[random.Next(members.Length)].User.Id] = 0;
                }
            }
        }
#pragma warning restore CA5394
    });

    private static GrafanaRole AnyRole(Random random)
#pragma warning disable CA5394
        => random.Next(100) switch
        {
            < 3 => GrafanaRole.Admin,
            < 25 => GrafanaRole.Editor,
            _ => GrafanaRole.Viewer,
        };
#pragma warning restore CA5394
}
