#!/usr/bin/env bash
# Cel 0.3.3 (C#) and the Common Expression Language part where a policy is likely to go. The language: 1.0/0.0 is infinity, values of two types
# are unequal, `true && 'x'` is an error. Cel 0.3.3: NaN (so `quota / used > 10.0` with nothing used is false, not true), an exception
# (so `attribute == 'x'` fails for a person whose attribute is a number), and null (neither true nor an error: what `is true` and `is not false` decide
# is up to the caller). Compared with npm's @bufbuild/cel, which runs the language's conformance tests.
# Seen with Cel 0.3.3, @bufbuild/cel 0.6.1.
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
  <ItemGroup><PackageReference Include="Cel" Version="[0.3.3]" /></ItemGroup>
</Project>
END
cat > Program.cs <<'END'
using Cel;

foreach (var expression in args)
{
    try
    {
        var answer = new CelEnvironment(null, "").Program(expression, new Dictionary<string, object?>());
        Console.WriteLine($"{expression} => {(answer is null ? "null" : answer is bool flag ? (flag ? "true" : "false") : answer)}");
    }
    catch (CelException)
    {
        Console.WriteLine($"{expression} => error");
    }
}
END
cat > read.mjs <<'END'
import { run } from '@bufbuild/cel';
for (const expression of process.argv.slice(2)) {
  let answer;
  try { const value = run(expression, {}); answer = value instanceof Error ? 'error' : String(value); } catch { answer = 'error'; }
  console.log(`${expression} => ${answer === 'Error: type mismatch: expected bool, got string' ? 'error' : answer}`);
}
END
expressions=("1.0 / 0.0" "10.0 / 0.0 > 10.0" "1 == 'a'" "true && 'x'")
npm install --silent --no-save @bufbuild/cel@0.6.1
dotnet run -- "${expressions[@]}" | grep '=>' | tee csharp.txt
echo '--- @bufbuild/cel'
node read.mjs "${expressions[@]}" | tee peer.txt
[ "$(cat csharp.txt)" = $'1.0 / 0.0 => NaN\n10.0 / 0.0 > 10.0 => false\n1 == \'a\' => error\ntrue && \'x\' => null' ]
[ "$(cat peer.txt)" = $'1.0 / 0.0 => Infinity\n10.0 / 0.0 > 10.0 => true\n1 == \'a\' => false\ntrue && \'x\' => error' ]
echo 'as described'
