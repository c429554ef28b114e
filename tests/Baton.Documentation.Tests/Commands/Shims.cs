namespace Baton.Documentation.Tests.Commands;

/// <summary>
/// The programs that a page calls, in a folder for <c>PATH</c>. They are the built ones; what stands in a page for the reader's own values, as
/// <c>https://grafana.example.com</c> and <c>...</c>, is replaced by those of the servers of the test.
/// </summary>
internal static class Shims
{
    private const string Connector =
        """
        #!/bin/sh
        # A reader has configured it before a page goes on; unless the page shows how.
        configured=${BATON_HOSTNAME-}
        [ -f .baton.yaml ] && sed -i "s|https://[a-z.-]*example.com[a-z/]*|$WALK_HOSTNAME|" .baton.yaml && configured=file
        for word in "$@"; do
          shift
          case $word in
            https://*example.com* | https://*.grafana.net*) word=$WALK_HOSTNAME; configured=flag ;;
            --hostname=*) word=--hostname=$WALK_HOSTNAME; configured=flag ;;
          esac
          set -- "$@" "$word"
        done
        case $configured in
          '') [ -n "${BATON_API_TOKEN-}" ] || export BATON_USERNAME=admin BATON_PASSWORD="$WALK_PASSWORD"; export BATON_HOSTNAME="$WALK_HOSTNAME" ;;
          file | flag) ;;
          *) export BATON_HOSTNAME="$WALK_HOSTNAME" ;;
        esac
        [ "${BATON_PASSWORD-}" = ... ] && export BATON_PASSWORD="$WALK_PASSWORD"
        [ "${BATON_API_TOKEN-}" = glsa_... ] && export BATON_API_TOKEN="$WALK_TOKEN"
        [ "${BATON_CLIENT_ID-}" = ... ] && export BATON_CLIENT_ID="$WALK_CLIENT_ID" BATON_CLIENT_SECRET="$WALK_CLIENT_SECRET"
        if [ -n "${BATON_CLIENT_ID-}" ]; then
          export BATON_C1_API_HOST="$WALK_PLATFORM" SSL_CERT_FILE="$WALK_AUTHORITY"
          echo $$ > "$WALK_FOLDER/service.pid"
        fi
        exec "$WALK_DOTNET" "$WALK_CONNECTOR" "$@"
        """;

    private const string Baton =
        """
        #!/bin/sh
        # The explorer goes on until it is stopped.
        [ "${1-}" = explorer ] || exec "$WALK_DOTNET" "$WALK_BATON" "$@"
        "$WALK_DOTNET" "$WALK_BATON" "$@" > "$WALK_FOLDER/explorer.txt" &
        while kill -0 $! 2> /dev/null && ! grep -q http:// "$WALK_FOLDER/explorer.txt"; do sleep 0.1; done
        kill -TERM $!
        wait $!
        """;

    // Its reader has it running in another window, at the address that the page says; here at any that is free.
    private const string Podium =
        """
        #!/bin/sh
        case " $* " in
          *' serve '*)
            "$WALK_DOTNET" "$WALK_PODIUM" "$@" --listen "127.0.0.1:$WALK_PODIUM_PORT" --public-url "https://127.0.0.1:$WALK_PODIUM_PORT" --listen-health none \
              > "$WALK_FOLDER/podium.txt" 2>&1 < /dev/null &
            echo $! > "$WALK_FOLDER/podium.pid"
            until grep -q 'podium serves' "$WALK_FOLDER/podium.txt"; do
              kill -0 "$(cat "$WALK_FOLDER/podium.pid")" || { cat "$WALK_FOLDER/podium.txt" >&2; exit 1; }
              sleep 0.1
            done ;;
          *) exec "$WALK_DOTNET" "$WALK_PODIUM" "$@" --public-url "https://127.0.0.1:$WALK_PODIUM_PORT" ;;
        esac
        """;

    private const string Curl =
        """
        #!/bin/sh
        for word in "$@"; do
          shift
          case $word in
            *127.0.0.1:8443*) word=$(printf %s "$word" | sed "s/127.0.0.1:8443/127.0.0.1:$WALK_PODIUM_PORT/") ;;
            @*.json) sed -i "s|https://grafana.example.com|$WALK_HOSTNAME|; s|\"[.][.][.]\"|\"$WALK_PASSWORD\"|" "${word#@}" ;;
          esac
          set -- "$@" "$word"
        done
        exec "$WALK_CURL" "$@"
        """;

    // To build the repository is for others to test: here its projects have to be where the page says.
    private const string Dotnet =
        """
        #!/bin/sh
        if [ "${1-} ${2-}" = 'run --project' ]; then
          project=$3
          shift 3
          [ "${1-}" != -- ] || shift
          case $project in
            demo/Baton.Demo) exec "$WALK_DOTNET" "$WALK_DEMO" "$@" ;;
            samples/Baton.Sample) exec "$WALK_DOTNET" "$WALK_SAMPLE" "$@" ;;
          esac
        fi
        exec "$(dirname "$0")/checked" "$@"
        """;

    // Programs that not every machine has, and whose work is tested elsewhere: what they are given has to be there.
    private const string Checked =
        """
        #!/bin/sh
        for word in "$@"; do
          case $word in
            src/* | tests/* | demo/* | samples/* | deploy/* | *.slnx) [ -e "$WALK_ROOT/$word" ] || { echo "there is no $word" >&2; exit 1; } ;;
          esac
        done
        """;

    public static void Write(string folder)
    {
        Write(folder, "baton-grafana", Connector);
        Write(folder, "baton", Baton);
        Write(folder, "dotnet", Dotnet);
        Write(folder, "podium", Podium);
        Write(folder, "curl", Curl);
        foreach (var name in (string[])["checked", "kubectl", "promtool", "systemd-analyze"])
        {
            Write(folder, name, Checked);
        }
    }

    private static void Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
