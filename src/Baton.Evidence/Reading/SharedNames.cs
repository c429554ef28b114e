namespace Baton.Evidence.Reading;

/// <summary>
/// Which names several resources of one type have, and what tells them apart: what is around them, such as the organization of a team, or
/// else the id.
/// </summary>
internal sealed class SharedNames
{
    private readonly HashSet<(string Type, string Name)> _names = [];
    private readonly HashSet<(string Type, string Name)> _shared = [];
    private readonly HashSet<(string Type, string Name, string Around)> _places = [];
    private readonly HashSet<(string Type, string Name, string Around)> _sharedPlaces = [];

    /// <param name="around">The resource around it, as <c>type:id</c>; empty for one that stands alone.</param>
    public void Add(string type, string name, string around)
    {
        if (!_names.Add((type, name)))
        {
            _shared.Add((type, name));
        }

        if (!_places.Add((type, name, around)))
        {
            _sharedPlaces.Add((type, name, around));
        }
    }

    public bool IsShared(string type, string name) => _shared.Contains((type, name));

    /// <summary>Whether what is around it tells it from the others of its name.</summary>
    public bool IsToldByPlace(string type, string name, string around) => around.Length > 0 && !_sharedPlaces.Contains((type, name, around));

    public static string InPlace(string name, string organization) => $"{name} in {organization}";

    public static string WithId(string name, string reference) => $"{name} ({reference})";
}
