namespace Baton.Grafana.Memberships;

/// <summary>What an account is in an organization, at one moment.</summary>
internal abstract record MemberState
{
    private MemberState()
    {
    }

    /// <summary>In Grafana's words; null without a membership.</summary>
    public string? RoleName => (this as Member)?.Role;

    /// <param name="Role">In Grafana's words.</param>
    /// <param name="Label">How people know the account: its login, or its id.</param>
    public sealed record Member(string Role, string Label) : MemberState
    {
        /// <summary>An identity provider decides on the role. Null when not told.</summary>
        public bool? IsExternallySynced { get; init; }

        /// <summary>This is the account's only organization. Null when the credential cannot see the others.</summary>
        public bool? IsOnlyOrganization { get; init; }
    }

    /// <summary>The account exists, or may: a token does not see those outside its organization.</summary>
    public sealed record NotAMember : MemberState;

    /// <summary>There is no such account.</summary>
    public sealed record NoAccount : MemberState;
}
