using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;
using Registry.Domain.Search;

namespace Registry.Api.Tests.Search;

/// <summary>
/// How well names that others use are matched with the default catalogue, over files of names. The figures are in the
/// decision on search; no other record may ever be stated as sure.
/// </summary>
public sealed class TakingTheMeasure(Engine engine) : CatalogueTest(engine)
{
    private const int Seed = 20260922;

    // What others make of the letters that have no one spelling in Latin.
    private static readonly (string From, string To)[] OtherSpellings =
    [
        ("ov", "off"),
        ("ev", "eff"),
        ("kh", "h"),
        ("sh", "sch"),
        ("zh", "j"),
        ("yev", "iev"),
        ("ya", "ja"),
        ("yu", "iu"),
        ("ay", "ai"),
        ("ey", "ei"),
        ("oy", "oi"),
        ("iy", "y"),
        ("v", "w"),
        ("u", "ou"),
        ("ph", "f"),
        ("ee", "i"),
        ("ou", "u"),
        ("k", "q"),
        ("i", "y"),
        ("s", "ss"),
    ];

    [Test]
    public async Task Every_name_of_the_common_locale_data_is_matched_with_its_state()
    {
        var names = Rows("Api.Tests/Search/Data/cldr-names.csv")
            .Select(row => new Asked(row["text"], row["state"], row["language"]));

        await MeasureAsync("names of CLDR", "states", names, IsRightAndSure, atLeast: 0.99);
    }

    [Test]
    public async Task Names_in_the_lists_of_others_are_matched_or_left_open()
    {
        var names = Rows("Api.Tests/Search/Data/names-elsewhere.csv")
            .Select(row => new Asked(row["text"], row["state"], row["where"]));

        await MeasureAsync("names in the lists of others", "states", names, IsRightAndSure, atLeast: 0.99);
    }

    [Test]
    public async Task Every_name_of_the_catalogue_is_matched_with_its_state()
    {
        // Some names were those of two states, one after the other.
        var names = Rows("Infrastructure/Catalogue/Data/state-names.csv")
            .GroupBy(row => row["text"])
            .Where(name => name.Select(row => row["state"]).Distinct().Count() == 1)
            .Select(name => new Asked(name.Key, name.First()["state"], name.First()["language"]));

        await MeasureAsync("names of the catalogue", "states", names, IsRightAndSure, atLeast: 0.99);
    }

    [TestCase("a letter wrong")]
    [TestCase("a word left out")]
    [TestCase("another order")]
    [TestCase("another transliteration")]
    public async Task Ministers_are_first_with(string error) =>
        await MeasureAsync(
            $"ministers, {error}",
            "ministers",
            Broken(
                Rows("Infrastructure/Catalogue/Data/ministers/minister-names.csv")
                    .Select(row => new Asked(row["text"], row["minister"], row["language"])),
                error
            ),
            IsFirst,
            atLeast: 0.95
        );

    [TestCase("a letter wrong")]
    [TestCase("a word left out")]
    [TestCase("another order")]
    public async Task Forums_are_first_with(string error) =>
        await MeasureAsync(
            $"forums, {error}",
            "forums",
            Broken(
                Rows("Infrastructure/Catalogue/Data/forum-names.csv")
                    .Where(row => row["kind"] != "acronym")
                    .Select(row => new Asked(row["text"], row["forum"], row["language"])),
                error
            ),
            IsFirst,
            atLeast: 0.95
        );

    private static bool IsRightAndSure(Asked asked, JsonArray candidates) =>
        asked.Id.Length == 0
            ? !candidates.Any(candidate => (bool)candidate!["match"]!)
            : candidates is [{ } first, ..] && (string?)first["id"] == asked.Id && (bool)first["match"]!;

    private static bool IsFirst(Asked asked, JsonArray candidates) =>
        candidates is [{ } first, ..] && (string?)first["id"] == asked.Id;

    private static IEnumerable<Asked> Broken(IEnumerable<Asked> given, string error)
    {
        var chance = new Random(Seed);
        var names = given.ToArray();
        var borne = names.ToLookup(name => name.Text, name => name.Id);
        foreach (var name in names)
        {
            var broken = error switch
            {
                "a letter wrong" => WithLetterWrong(name.Text, chance),
                "a word left out" => WithoutWord(name.Text, chance),
                "another order" => InOtherOrder(name.Text),
                _ => Transliterated(name.Text, chance),
            };

            // The European Economic Community without a word is the European Community, which is another.
            if (broken is not null && borne[broken].All(id => id == name.Id))
            {
                yield return name with
                {
                    Text = broken,
                };
            }
        }
    }

    /// <summary>With one letter changed, left out, doubled or swapped with the next, in a word of five letters or more.</summary>
    private static string? WithLetterWrong(string name, Random chance)
    {
        var words = name.Split(' ');
        var long5 = words
            .Index()
            .Where(word => word.Item.Length >= 5 && !FoldedText.IsIdeographic(word.Item))
            .ToArray();
        if (long5.Length == 0)
        {
            return null;
        }

        var (place, word) = long5[chance.Next(long5.Length)];
        var at = chance.Next(1, word.Length - 1);
        words[place] = chance.Next(4) switch
        {
            0 => word[..at] + word[chance.Next(word.Length)] + word[(at + 1)..],
            1 => word.Remove(at, 1),
            2 => word.Insert(at, word[at].ToString()),
            _ => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
        };
        return string.Join(' ', words);
    }

    /// <summary>Of three words or more, so that what is left may still tell who is meant.</summary>
    private static string? WithoutWord(string name, Random chance)
    {
        var words = name.Split(' ').ToList();
        if (NameWords.Of(name, person: false).Counted.Count < 3)
        {
            return null;
        }

        words.RemoveAt(chance.Next(words.Count));
        return string.Join(' ', words);
    }

    private static string? InOtherOrder(string name)
    {
        var words = name.Split(' ');
        return words.Length < 2 ? null : $"{words[^1]}, {string.Join(' ', words[..^1])}";
    }

    private static string? Transliterated(string name, Random chance)
    {
        var fitting = OtherSpellings.Where(each => name.Contains(each.From, StringComparison.Ordinal)).ToArray();
        if (!name.Any(char.IsAsciiLetter) || fitting.Length == 0)
        {
            return null;
        }

        var (from, to) = fitting[chance.Next(Math.Min(fitting.Length, 4))];
        return name.Replace(from, to, StringComparison.Ordinal);
    }

    private async Task MeasureAsync(
        string what,
        string type,
        IEnumerable<Asked> names,
        Func<Asked, JsonArray, bool> isGood,
        double atLeast
    )
    {
        var asked = names.Distinct().ToArray();
        var (good, wrong, failed) = (0, new List<string>(), new List<string>());
        foreach (var batch in asked.Chunk(100))
        {
            var results = (
                await (
                    await App.PostAsync(
                        "/v1/match",
                        new
                        {
                            queries = batch.Select(name => new
                            {
                                name = name.Text,
                                types = new[] { type },
                                limit = 3,
                            }),
                        }
                    )
                ).OkAsync()
            )["results"]!.AsArray();
            foreach (var (name, result) in batch.Zip(results))
            {
                var candidates = result!["candidates"]!.AsArray();
                good += isGood(name, candidates) ? 1 : 0;
                if (!isGood(name, candidates))
                {
                    failed.Add(Told(name, candidates));
                }

                if (candidates is [{ } first, ..] && (bool)first["match"]! && (string?)first["id"] != name.Id)
                {
                    wrong.Add(Told(name, candidates));
                }
            }
        }

        await TestContext.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {good} of {asked.Length} good ({100.0 * good / asked.Length:0.0} of 100), {wrong.Count} wrong and sure"
            )
        );
        await TestContext.Out.WriteLineAsync(string.Join('\n', failed.Take(40)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Has.Length.GreaterThan(30), "So many names were tried.");
            Assert.That(wrong, Is.Empty, "Wrong, and stated as sure.");
            Assert.That(
                (double)good / asked.Length,
                Is.GreaterThanOrEqualTo(atLeast),
                string.Join('\n', failed.Take(20))
            );
        }
    }

    private static string Told(Asked name, JsonArray candidates) =>
        $"  {name.Text} ({name.Where}) is {(name.Id.Length == 0 ? "none" : name.Id)}: "
        + string.Join(
            ", ",
            candidates
                .Take(2)
                .Select(each => $"{each!["id"]} {each["score"]} {each["match"]} {each["matched"]!["text"]}")
        );

    private static List<Dictionary<string, string>> Rows(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, file));
        var columns = FieldsOf(lines[0]);
        return
        [
            .. lines
                .Skip(1)
                .Select(line => columns.Zip(FieldsOf(line)).ToDictionary(pair => pair.First, pair => pair.Second)),
        ];
    }

    private static List<string> FieldsOf(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        foreach (var sign in line)
        {
            if (sign == '"')
            {
                quoted = !quoted;
            }
            else if (sign == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(sign);
            }
        }

        return [.. fields, field.ToString()];
    }

    private sealed record Asked(string Text, string Id, string Where);
}
