using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Podium.Connectors.Deployment;

/// <summary>
/// What starts a connector elsewhere, with this server's address in it, to be applied as it is. Every value is quoted: what a bare one means differs
/// from reader to reader (<c>0x1F</c>, <c>+1</c>, <c>2026-01-31</c>, <c>on</c>), and names come from people.
/// </summary>
/// <param name="name">A name for the things of this connector in the other system: <c>baton-grafana</c>.</param>
/// <param name="clientId">The connector's.</param>
/// <param name="clientSecret">Null for a place to put it.</param>
/// <param name="authority">The certificate of this server's own authority; null when clients know the one that signed its certificate.</param>
internal sealed class DeploymentFiles(string name, string clientId, string? clientSecret, string? authority)
{
    private const string AuthorityFile = "podium-ca.pem";
    private const string AuthorityPath = "/etc/podium/ca.pem";

    private static readonly JavaScriptEncoder Readable = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private string Secret => clientSecret ?? "<the client secret>";

    public IReadOnlyList<DeploymentFile> Of(DeploymentKind kind) => kind switch
    {
        DeploymentKind.Systemd => Systemd(),
        DeploymentKind.Docker => Docker(),
        _ => Kubernetes(),
    };

    private List<DeploymentFile> Kubernetes()
    {
        var secret = $"""
            apiVersion: v1
            kind: Secret
            metadata:
              name: {Yaml(name + "-secrets")}
            type: Opaque
            stringData:
              BATON_CLIENT_ID: {Yaml(clientId)}
              BATON_CLIENT_SECRET: {Yaml(Secret)}
              # The settings of the application, as the connector names them; for Grafana:
              BATON_HOSTNAME: "https://grafana.example.com"
              BATON_API_TOKEN: "<token of a service account>"
              # "false": it only reads.
              BATON_PROVISIONING: "true"

            """;
        var trust = authority is null ? "" : $"""
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: {Yaml(name + "-authority")}
            data:
              "ca.pem": {Yaml(authority)}

            """;
        var mount = authority is null ? "" : $"""

                      volumeMounts:
                        - name: "authority"
                          mountPath: "/etc/podium"
                          readOnly: true
                  volumes:
                    - name: "authority"
                      configMap:
                        name: {Yaml(name + "-authority")}
            """;
        var environment = authority is null ? "" : $"""

                        - name: "SSL_CERT_FILE"
                          value: {Yaml(AuthorityPath)}
            """;
        var deployment = $"""
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {Yaml(name)}
              labels:
                app: {Yaml(name)}
            spec:
              replicas: 1
              strategy:
                type: "Recreate"
              selector:
                matchLabels:
                  app: {Yaml(name)}
              template:
                metadata:
                  labels:
                    app: {Yaml(name)}
                spec:
                  automountServiceAccountToken: false
                  terminationGracePeriodSeconds: 40
                  containers:
                    - name: {Yaml(name)}
                      image: {Yaml(name + ":latest")}
                      envFrom:
                        - secretRef:
                            name: {Yaml(name + "-secrets")}
                      env:
                        - name: "BATON_HOST_ID"
                          value: {Yaml(name)}{environment}{mount}

            """;
        return
        [
            new("secret.yaml", secret),
            new("deployment.yaml", trust.Length == 0 ? deployment : trust["---\n".Length..] + "---\n" + deployment),
            new("Then", "kubectl apply -f secret.yaml -f deployment.yaml", IsCommand: true),
        ];
    }

    private List<DeploymentFile> Systemd()
    {
        var trust = authority is null ? "" : $"\nEnvironment={Unit("SSL_CERT_FILE=" + AuthorityPath)}";
        List<DeploymentFile> files =
        [
            new("podium.conf", $"""
                # /etc/systemd/system/{name}.service.d/podium.conf, mode 0600
                [Service]
                Environment={Unit("BATON_CLIENT_ID=" + clientId)}
                Environment={Unit("BATON_CLIENT_SECRET=" + Secret)}
                Environment={Unit("BATON_PROVISIONING=true")}{trust}

                """),
        ];
        if (authority is not null)
        {
            files.Add(new(AuthorityFile, authority));
        }

        var install = authority is null ? "" : $"sudo install -D -m 0644 {AuthorityFile} {AuthorityPath} && ";
        files.Add(new(
            "Then",
            $"{install}sudo install -D -m 0600 podium.conf /etc/systemd/system/{name}.service.d/podium.conf && sudo systemctl daemon-reload && sudo systemctl restart {name}",
            IsCommand: true));
        return files;
    }

    private List<DeploymentFile> Docker()
    {
        var trust = authority is null ? "" : $" \\\n  --env SSL_CERT_FILE={AuthorityPath} --volume \"$PWD/{AuthorityFile}:{AuthorityPath}:ro\"";
        List<DeploymentFile> files = [new("connector.env", $"""
            BATON_CLIENT_ID={clientId}
            BATON_CLIENT_SECRET={Secret}
            BATON_HOSTNAME=https://grafana.example.com
            BATON_API_TOKEN=<token of a service account>
            BATON_PROVISIONING=true

            """)];
        if (authority is not null)
        {
            files.Add(new(AuthorityFile, authority));
        }

        // A file, since what is on a command line is in everybody's list of processes.
        files.Add(new("Then", $"docker run --detach --restart unless-stopped --name {Shell(name)} \\\n  --env-file connector.env --env BATON_HOST_ID={Shell(name)}{trust} \\\n  {Shell(name + ":latest")}", IsCommand: true));
        return files;
    }

    // A string of JSON is one of YAML, and leaves nothing to be guessed.
    private static string Yaml(string text) => '"' + JsonEncodedText.Encode(text, Readable).ToString() + '"';

    private static string Unit(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            quoted.Append(letter switch { '"' or '\\' => $"\\{letter}", '%' => "%%", '$' => "$$", _ => $"{letter}" });
        }

        return quoted.Append('"').ToString();
    }

    private static string Shell(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
