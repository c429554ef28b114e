using Baton.Evidence.Access;

namespace Baton.Evidence.Findings;

/// <summary>One thing that a review points out.</summary>
/// <param name="Subject">The account, token or resource that it is about, in words.</param>
/// <param name="SubjectId">The same as <c>type:id</c>.</param>
/// <param name="Target">What the access in question is to; null when it is not about one.</param>
public sealed record Finding(FindingCode Code, Severity Severity, string Subject, string SubjectId, AccessTarget? Target, string Detail)
{
    public FindingEntry Entry => FindingCatalog.Of(Code);
}
