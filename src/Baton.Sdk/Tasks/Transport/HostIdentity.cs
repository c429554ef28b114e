using System.Net;
using System.Net.Sockets;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>Which of the processes that serve one tenant this is. Replicas need different ones.</summary>
internal static class HostIdentity
{
    public const string Variable = "BATON_HOST_ID";

    private const string Default = "baton-sdk";
    private const int Longest = 256;

    /// <summary>What the variable says if it is set, even to nothing; otherwise the machine's name.</summary>
    /// <exception cref="ConnectorException">It is longer than the platform takes.</exception>
    public static string Of(Func<string, string?> variables) => Of(variables, MachineName());

    internal static string Of(Func<string, string?> variables, string machineName)
    {
        var id = variables(Variable) ?? machineName;
        return id.EnumerateRunes().Count() > Longest
            ? throw new ConnectorException(StatusCode.InvalidArgument, $"{Variable} is longer than {Longest} characters")
            : id.Length > 0 ? id : Default;
    }

    /// <summary>In full, where <see cref="Environment.MachineName"/> ends at the first dot; empty when the system does not tell.</summary>
    internal static string MachineName()
    {
        try
        {
            return Dns.GetHostName();
        }
        catch (SocketException)
        {
            return "";
        }
    }
}
