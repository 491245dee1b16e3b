using System.Text.Json;

namespace Registry.Api.Tests.Faults;

/// <summary>The log of changes as a client follows it: from the first, without a hole.</summary>
internal sealed class ChangeLog
{
    private readonly Dictionary<string, List<Entry>> _versions = new(StringComparer.Ordinal);

    /// <summary>The last sequence read.</summary>
    public long Head { get; private set; }

    /// <summary>The change that made a version of a minister; null where there is none.</summary>
    public Entry? Find(string id, int version) =>
        _versions.TryGetValue(id, out var versions) && versions.Count >= version ? versions[version - 1] : null;

    /// <summary>The last change of a minister.</summary>
    public Entry LastOf(string id) => _versions[id][^1];

    /// <summary>The ministers that were ever on record.</summary>
    public IReadOnlyCollection<string> Ids => _versions.Keys;

    /// <summary>Reads what was added since.</summary>
    public async Task FollowAsync(HttpClient http)
    {
        while (true)
        {
            using var page = JsonDocument.Parse(await http.GetStringAsync($"/v1/changes?after={Head}&limit=1000"));
            var items = page.RootElement.GetProperty("items");
            if (items.GetArrayLength() == 0)
            {
                return;
            }

            foreach (var item in items.EnumerateArray())
            {
                Add(item);
            }
        }
    }

    private void Add(JsonElement change)
    {
        var id = change.GetProperty("id").GetString()!;
        if (!_versions.TryGetValue(id, out var versions))
        {
            _versions.Add(id, versions = []);
        }

        Assert.That(change.GetProperty("sequence").GetInt64(), Is.EqualTo(Head + 1), "The log has a hole.");
        Assert.That(change.GetProperty("version").GetInt32(), Is.EqualTo(versions.Count + 1), $"Versions of {id}");
        versions.Add(
            new(
                change.GetProperty("operation").GetString()!,
                change.TryGetProperty("record", out var record) ? record.GetRawText() : null
            )
        );
        Head++;
    }

    /// <param name="Operation">What it did.</param>
    /// <param name="Record">The record as it then stood; null for a deletion.</param>
    internal sealed record Entry(string Operation, string? Record);
}
