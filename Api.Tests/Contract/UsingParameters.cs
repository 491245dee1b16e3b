using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Contract;

/// <summary>
/// Every parameter of every read does something that can be seen on the default catalogue, and refuses what it cannot
/// understand. The values stand in <see cref="ParameterUses"/>.
/// </summary>
[OnEveryEngine]
[Parallelizable(ParallelScope.All)]
public sealed partial class UsingParameters(Engine engine)
{
    private const string Table = "Api.Tests/Contract/ParameterUses.cs";

    private ParameterScene _scene = null!;

    /// <summary>The reads of the contract, and questions that are asked by POST.</summary>
    private static IEnumerable<string> Reads =>
        from operation in OperationPattern().Matches(File.ReadAllText(Path.Combine(Repository.Root, "openapi.yaml")))
        where operation.Groups["method"].Value == "get" || operation.Groups["id"].Value == "matchNames"
        select operation.Groups["id"].Value;

    [OneTimeSetUp]
    public async Task Make_the_scene()
    {
        _scene = await ParameterScene.OfAsync(engine);
    }

    [TestCaseSource(nameof(Reads))]
    public async Task Every_parameter_has_an_effect_and_refuses_what_it_cannot_understand(string operationId)
    {
        var operation = _scene.Operations[operationId];
        var faults = new List<string>();
        foreach (var parameter in operation.Parameters("query").Concat(operation.Parameters("header")))
        {
            if (ParameterUses.Of(operationId, parameter.Key) is { } use)
            {
                var found = await FaultsOfAsync(operation, parameter.Key, parameter.Value, use);
                faults.AddRange(
                    !ParameterUses.Awaited.Contains(use.Key) ? found
                    : found.Count > 0 ? []
                    : [$"{parameter.Key} works now: take it out of Awaited in {Table}."]
                );
            }
            else
            {
                faults.Add(
                    $"{parameter.Key} is new: {Table} shows what it does, as \"{operationId}.{parameter.Key}\"."
                );
            }
        }

        Assert.That(faults, Is.Empty, $"{operation}\n{string.Join('\n', faults)}");
    }

    [Test]
    public void No_row_is_about_a_parameter_that_is_not_there()
    {
        var names = _scene
            .Operations.Values.SelectMany(operation =>
                operation
                    .Parameters("query")
                    .Concat(operation.Parameters("header"))
                    .SelectMany(parameter => new[] { parameter.Key, $"{operation.Id}.{parameter.Key}" })
            )
            .ToHashSet();

        Assert.That(ParameterUses.All.Select(use => use.Key), Is.Unique);
        Assert.That(ParameterUses.All.Select(use => use.Key).Where(key => !names.Contains(key)), Is.Empty, Table);
    }

    private async Task<IReadOnlyList<string>> FaultsOfAsync(
        Operation operation,
        string name,
        JsonNode description,
        ParameterUse use
    )
    {
        var address = use.At ?? ParameterUses.Places.GetValueOrDefault(operation.Id) ?? operation.Path;
        var probe = new Probe(
            _scene,
            operation,
            name,
            description,
            ParameterScene.With(address, use.Beside?.Invoke(_scene))
        );
        var faults = new List<string>();
        foreach (var effect in use.Effects)
        {
            if (await effect(probe) is { } fault)
            {
                faults.Add($"{name}: {fault} ({probe.Address})");
            }
        }

        var refused = use.Refused ?? [.. WrongFor(probe.Schema)];
        if (refused.Length == 0 == use.NeverRefused is null)
        {
            faults.Add($"{name}: {Table} says which values are refused, or why none is.");
        }

        foreach (var value in refused)
        {
            using var answer = await probe.AskAsync(probe.With(value));
            var problem = answer.StatusCode == HttpStatusCode.BadRequest ? await answer.JsonAsync() : null;
            if (
                problem is null
                || !(
                    (string?)problem["type"] == $"/problems/invalid-{name}"
                    || problem["errors"]?.AsObject().ContainsKey(name) == true
                )
            )
            {
                faults.Add($"{name}={value} is {(int)answer.StatusCode} {problem?.ToJsonString()}");
            }
        }

        return faults;
    }

    /// <summary>Values that the schema leaves out.</summary>
    private static IEnumerable<string> WrongFor(JsonNode schema)
    {
        if (schema["enum"] is not null)
        {
            yield return "nonsense";
        }

        if ((string?)schema["pattern"] is not null)
        {
            yield return "!";
        }

        if (schema["examples"]?.AsArray().Any(example => (string?)example == "1992-05") == true)
        {
            foreach (var date in new[] { "2022-13", "2022-9", "0000", "2022-02-30", "yesterday" })
            {
                yield return date;
            }
        }

        if ((int?)schema["maxLength"] is { } longest)
        {
            yield return new string('a', longest + 1);
        }

        if ((string?)schema["type"] is "boolean" or "integer" || (string?)schema["format"] is "date" or "date-time")
        {
            yield return "perhaps";
        }

        if (int.TryParse($"{schema["minimum"]}", out var least))
        {
            yield return $"{least - 1}";
        }

        if (int.TryParse($"{schema["maximum"]}", out var most) && most < int.MaxValue)
        {
            yield return $"{most + 1}";
        }
    }

    [GeneratedRegex(@"^    (?<method>[a-z]+):\n(?:      .*\n)*?      operationId: (?<id>\w+)", RegexOptions.Multiline)]
    private static partial Regex OperationPattern();
}
