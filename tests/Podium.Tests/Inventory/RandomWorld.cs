using Baton.Protocol.Connector.V2;

namespace Podium.Tests.Inventory;

/// <summary>A small server to which everything that can happen does.</summary>
internal sealed class RandomWorld(Random random)
{
    private static readonly string[] Roles = ["Viewer", "Editor", "Admin"];

    private readonly Dictionary<string, bool> _users = [];
    private int _names;

    public UploadBuilder Upload { get; } = Empty();

    public void Change()
    {
        for (var step = random.Next(1, 8); step > 0; step--)
        {
            switch (random.Next(9))
            {
                case 0 or 1:
                    PutUser($"{random.Next(1, 16)}", isEnabled: true);
                    break;
                case 2 when _users.Count > 0:
                    var gone = Any(_users.Keys);
                    _users.Remove(gone);
                    Upload.RemoveUser(gone);
                    break;
                case 3 when _users.Count > 0:
                    var user = Any(_users.Keys);
                    PutUser(user, !_users[user]);
                    break;
                case 4:
                    Upload.AddOrganization($"{random.Next(1, 5)}");
                    break;
                case 5 when Upload.Entitlements.Count > 0:
                    var organization = Any(Upload.Entitlements.Values).Resource.Id.Resource;
                    Upload.Resources.Remove(("org", organization));
                    Upload.RemoveGrants(grant => grant.Entitlement.Resource.Id.Resource == organization);
                    foreach (var role in Roles)
                    {
                        Upload.Entitlements.Remove($"org:{organization}:{role}");
                    }

                    break;
                case 6 when Upload.Entitlements.Count > 0:
                    Any(Upload.Entitlements.Values).DisplayName = $"name {++_names}";
                    break;
                case 7 when Upload.Grants.Count > 0:
                    Upload.Grants.Remove(Any(Upload.Grants.Keys));
                    break;
                default:
                    if (_users.Count > 0 && Upload.Entitlements.Count > 0)
                    {
                        Upload.AddGrant(Any(Upload.Entitlements.Keys), "user", Any(_users.Keys));
                    }

                    break;
            }
        }

        // A file with entitlements and without a grant would not be believed.
        if (Upload.Grants.Count == 0)
        {
            PutUser("1", isEnabled: true);
            Upload.AddOrganization("1");
            Upload.AddGrant("org:1:Viewer", "user", "1");
        }
    }

    public IEnumerable<string> Accounts() => _users.Select(user => $"{user.Key} login{user.Key} {(user.Value ? "Enabled" : "Disabled")}");

#pragma warning disable CA1822 // It reads what this world calls its people.
    public string IdOf(string login) => login["login".Length..];
#pragma warning restore CA1822

    private static UploadBuilder Empty()
    {
        var upload = new UploadBuilder();
        upload.AddType("user", ResourceType.Types.Trait.User);
        upload.AddType("org");
        return upload;
    }

    private void PutUser(string id, bool isEnabled)
    {
        _users[id] = isEnabled;
        Upload.AddUser(id, isEnabled: isEnabled);
    }

    private T Any<T>(IEnumerable<T> items)
    {
        var all = items.ToList();
        return all[random.Next(all.Count)];
    }
}
