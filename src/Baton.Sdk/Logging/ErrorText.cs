using System.Text;

namespace Baton.Sdk.Logging;

/// <summary>An exception as one text: its message, then the messages of its causes that say something new.</summary>
internal static class ErrorText
{
    public static string Of(Exception exception)
    {
        var text = new StringBuilder(exception.Message);
        for (var cause = exception.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (!text.ToString().Contains(cause.Message, StringComparison.Ordinal))
            {
                text.Append(": ").Append(cause.Message);
            }
        }

        return text.ToString();
    }
}
