using System.Globalization;
using Microsoft.Data.Sqlite;
using Registry.Bench.Data;
using Registry.Bench.Load;
using Registry.Bench.Report;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>
/// Searches in registries with 1,000, 10,000 and 100,000 names more than the default catalogue has, in its languages.
/// </summary>
internal sealed class Searches : Part
{
    private const int AskedInARound = 200;
    private const int Names = 1000;

    private static readonly int[] Sizes = [1_000, 10_000, 100_000];
    private static readonly string[] Kinds = ["gazette", "register", "review", "treaty series", "yearbook", "bulletin"];

    private static readonly string[] Syllables = "ba do ki lu me no pa ri sa to vu za gle stra pon tir".Split(' ');

    // Each takes a number that all registries have a name for.
    private static readonly (string What, Func<int, string> Address)[] Questions =
    [
        ("a whole name", n => $"/v1/search?q={Escaped(TitleOf(n))}"),
        ("two words, one of them common", n => $"/v1/search?q={Escaped($"{PlaceOf(n)} of")}"),
        ("prefix of a rare word", n => $"/v1/search?q={PlaceOf(n)[..^2]}"),
        ("a common word", n => $"/v1/search?q={Escaped(Kinds[n % Kinds.Length])}"),
        ("two letters", n => $"/v1/search?q={PlaceOf(n)[..2]}"),
        ("common words alone", n => $"/v1/search?q={Escaped($"of the {Kinds[n % Kinds.Length]}")}"),
        ("no hit", n => $"/v1/search?q={PlaceOf(n)}x"),
        ("a word, in one collection", n => $"/v1/search?types=sources&q={PlaceOf(n)}"),
        ("at an instant (knownAt)", n => $"/v1/search?q={PlaceOf(n)}&knownAt=2026-01-01T00:00:00Z"),
    ];

    public override string Name => "search";

    public override string Summary => "searches of many kinds among 1,000, 10,000 and 100,000 names";

    public override bool IsQuick => false;

    public override async Task MeasureAsync(Workbench bench)
    {
        // The program makes the database and its catalogue; then sources are put in, and the program indexes their titles.
        var founded = bench.Data.NewFile("search.db");
        bench.Tell("loading the catalogue");
        await using (await StartAsync(founded)) { }
        DataFolder.Settle(founded);
        var registries = new List<(int Size, Server Server, Changes Changes)>();
        var callers = new List<Callers>();
        try
        {
            foreach (var size in Sizes)
            {
                bench.Tell(string.Create(CultureInfo.InvariantCulture, $"indexing {size:N0} names"));
                var file = bench.Data.NewFile("search.db");
                File.Copy(founded, file);
                var changes = new Changes(Fill(file, size));
                registries.Add((size, await StartAsync(file), changes));
            }

            // Not before all are there: a connection on which nothing is asked for two minutes is closed.
            foreach (var registry in registries)
            {
                callers.Add(await Callers.ConnectAsync(registry.Server, 1));
            }

            foreach (var (what, address) in Questions)
            {
                byte[][] asked =
                [
                    .. Enumerable.Range(0, AskedInARound).Select(time => Request.Get(address(time * 7 % Names))),
                ];
                await MeasureAsync(
                    bench,
                    what,
                    [
                        .. registries.Zip(
                            callers,
                            (each, caller) =>
                                (each.Size, new Side(caller, asked, AskedInARound) { Change = each.Changes.Next })
                        ),
                    ]
                );
            }
        }
        finally
        {
            callers.ForEach(each => each.Dispose());
            foreach (var (_, server, _) in registries)
            {
                await server.DisposeAsync();
            }
        }
    }

    private static async Task MeasureAsync(Workbench bench, string what, List<(int Size, Side Side)> sides)
    {
        var growth = await bench.GrowthAsync($"search: {what}", sides.ConvertAll(each => each.Side));
        for (var place = 1; place < sides.Count; place++)
        {
            bench.Add(
                new Row(
                    string.Create(CultureInfo.InvariantCulture, $"search: {what}, among {sides[place].Size:N0} names"),
                    string.Create(CultureInfo.InvariantCulture, $"among {sides[0].Size:N0}"),
                    growth[place]
                )
                {
                    AtMost = 1.3,
                }
            );
        }
    }

    private static Task<Server> StartAsync(string file) => Product.StartAsync(file, ("Catalogue__Load", "true"));

    private static string Escaped(string words) => Uri.EscapeDataString(words);

    private static string TitleOf(int number) =>
        $"{Kinds[number % Kinds.Length]} of the {PlaceOf(number)} {(number % 3 == 0 ? "state" : "union")}";

    /// <summary>Words of three to six syllables, each for ten names or so.</summary>
    private static string PlaceOf(int number)
    {
        var word = "";
        for (var rest = (number / 10) + 300; rest > 0; rest /= Syllables.Length)
        {
            word += Syllables[rest % Syllables.Length];
        }

        return word;
    }

    /// <summary>Puts sources in.</summary>
    /// <returns>The version that they have.</returns>
    private static int Fill(string file, int names)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var copy = new SqliteCommand(
            """
            INSERT INTO Source SELECT @Id, @Title, @Title, Url, Language, Kind, Reliability, FromEarliest, FromLatest, UntilEarliest,
                UntilLatest, replace(replace(Record, 'cica-members', @Id), 'Member States', @Title), Version, '2020-01-01T00:00:00.000000Z'
            FROM Source WHERE Id = 'cica-members'
            """,
            connection,
            transaction
        );
        var id = copy.Parameters.Add("@Id", SqliteType.Text);
        var title = copy.Parameters.Add("@Title", SqliteType.Text);
        for (var number = 0; number < names; number++)
        {
            (id.Value, title.Value) = ($"bench-{number}", TitleOf(number));
            copy.ExecuteNonQuery();
        }

        using var forget = new SqliteCommand("UPDATE SearchFormat SET Format = 0", connection, transaction);
        forget.ExecuteNonQuery();
        using var version = new SqliteCommand(
            "SELECT Version FROM Source WHERE Id = 'bench-0'",
            connection,
            transaction
        );
        var filed = Convert.ToInt32(version.ExecuteScalar(), CultureInfo.InvariantCulture);
        transaction.Commit();
        return filed;
    }

    /// <summary>Corrections of one source, so that no answer is given from what was kept.</summary>
    private sealed class Changes(int version)
    {
        public byte[] Next() =>
            Request.Patch("/v1/sources/bench-0", $$"""{"publisher":"Press {{version}}"}""", version++);
    }
}
