namespace Baton.Testing.Grafana.Faults;

/// <summary>The pages of HTML that a client meets where it expected JSON.</summary>
internal static class HtmlPages
{
    public const string Portal =
        "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>Sign in to continue</form></body></html>";
    public const string NotFound =
        "<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>";
    public const string Index =
        "<!DOCTYPE html><html><head><title>Grafana</title></head><body><div id=\"reactRoot\"></div></body></html>";
}
