namespace Podium.Look;

/// <summary>The pictures there are. Public, as all that a component takes must be.</summary>
public enum IconName
{
    Apps,
    Bad,
    Check,
    Chevron,
    Clock,
    Close,
    Columns,
    Connector,
    Copy,
    Download,
    Filter,
    Home,
    Key,
    Lock,
    Menu,
    More,
    Ok,
    Pause,
    People,
    Plus,
    Refresh,
    Resume,
    Search,
    Settings,
    Shield,
    Theme,
    Unknown,
    Warning,
}
