#!/usr/bin/env bash
# KubernetesClient 21.0.8 (C#) writes strings into YAML without quotation marks where YAML 1.2 itself says that they are numbers: "0x1F", "+1",
# "0o14", ".inf". It reads them back as strings, so that a test of a manifest in C# passes; the readers of YAML 1.2 in npm's `yaml` and `js-yaml`
# read numbers, which a ConfigMap or an environment variable must not hold. "1", "014" and "true" it does quote, so the gap is easily missed.
# Seen with KubernetesClient 21.0.8, yaml 2.9.1, js-yaml 4.1.0. Valid input only: a ConfigMap of strings.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > finding.csproj <<'END'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="KubernetesClient" Version="[21.0.8]" /></ItemGroup>
</Project>
END
cat > Program.cs <<'END'
using k8s;
using k8s.Models;

var values = new[] { "0x1F", "+1", "0o14", ".inf", "1", "014", "true" };
var map = new V1ConfigMap { ApiVersion = "v1", Kind = "ConfigMap", Metadata = new() { Name = "x" }, Data = values.ToDictionary(value => "k" + Array.IndexOf(values, value)) };
var text = KubernetesYaml.Serialize(map);
var back = KubernetesYaml.Deserialize<V1ConfigMap>(text);
Console.Error.WriteLine("in C#: " + string.Join(' ', values.Select((value, index) => back.Data["k" + index] == value ? "same" : "other")));
Console.Write(text);
END
dotnet run > map.yaml 2> read.txt || { cat map.yaml read.txt; exit 2; }
grep '^in C#' read.txt | tee csharp.txt
npm install --silent --no-save yaml@2.9.1 js-yaml@4.1.0
cat > read.mjs <<'END'
import { readFileSync } from 'node:fs';
import yaml from 'yaml';
import jsYaml from 'js-yaml';
const text = readFileSync('map.yaml', 'utf8');
for (const [name, read] of [['yaml', yaml.parse], ['js-yaml', jsYaml.load]]) {
  console.log(`${name}: ${Object.values(read(text).data).map(value => typeof value).join(' ')}`);
}
END
node read.mjs | tee others.txt
[ "$(cat csharp.txt)" = 'in C#: same same same same same same same' ]
[ "$(cat others.txt)" = $'yaml: number number number number string string string\njs-yaml: number number number number string string string' ]
echo 'as described'
