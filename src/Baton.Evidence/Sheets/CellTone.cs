namespace Baton.Evidence.Sheets;

/// <summary>How a text stands out where there are colours. Never the only way in which something is told.</summary>
public enum CellTone
{
    Plain,
    Bad,
    Notable,
    Good,
    Faint,
}
