namespace Podium.Audit;

/// <summary>Who does something: given to every use case that changes anything, so that no change is without its cause.</summary>
internal sealed record Actor(ActorKind Kind, long? PersonId = null, string? ClientId = null, string? Address = null)
{
    public static Actor System { get; } = new(ActorKind.System);

    public static Actor Operator { get; } = new(ActorKind.Operator);
}
