using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Registry.Bench.Data;
using Registry.Bench.Report;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>
/// An import of memberships with two standings each, all or nothing, beside plain ADO.NET that inserts the very rows which
/// the import wrote, prepared and in one transaction.
/// </summary>
internal sealed class Imports : Part
{
    private const int Memberships = 100_000;
    private const int MembersOfAForum = 1000;
    private static readonly string[] Written = ["Membership", "Standing", "Change", "ChangeSubject", "ImportRow"];

    public override string Name => "import";

    public override string Summary => "an import of 100,000 memberships, against plain inserts of the same rows";

    public override bool IsQuick => false;

    public override async Task MeasureAsync(Workbench bench)
    {
        var file = bench.Data.NewFile("import.db");
        bench.Tell("preparing");
        await using (var product = await Product.StartAsync(file))
        {
            await bench.Data.ImportAsync(product, Founders());
        }

        DataFolder.Settle(file);
        var before = bench.Data.NewFile("before.db");
        File.Copy(file, before);

        double took,
            again;
        double more,
            moreAgain;
        await using (var product = await Product.StartAsync(file))
        {
            await bench.Data.ImportAsync(product, Founders().Take(10));
            await Task.Delay(1000);
            bench.Tell("importing what is new");
            (took, more) = await ImportAsync(bench, product, Lines());
            bench.Tell("importing it again");
            (again, moreAgain) = await ImportAsync(bench, product, Lines());
        }

        bench.Tell("inserting plainly");
        var plain = InsertPlainly(file, before);
        var what = string.Create(CultureInfo.InvariantCulture, $"an import of {Memberships:N0} memberships");
        const string Plainly = "plain inserts of the same rows";
        bench.Add(new Row($"{what}, new", Plainly, [took / plain]));
        bench.Add(new Row($"{what}, all unchanged", Plainly, [again / plain]));
        bench.Add(new Row($"{what}, new: memory growth", "before", [more]) { Unit = Unit.MiB });
        bench.Add(new Row($"{what}, all unchanged: memory growth", "before", [moreAgain]) { Unit = Unit.MiB });
    }

    private static IEnumerable<string> Founders() =>
        Enumerable
            .Range(0, MembersOfAForum)
            .Select(state =>
                $$$"""{"collection":"states","record":{"code":"{{{MadeUpWords.StateCode(state)}}}","names":[{"kind":"short","language":"en","text":"State {{{state}}}"}]}}"""
            )
            .Concat(
                Enumerable
                    .Range(0, Memberships / MembersOfAForum)
                    .Select(forum =>
                        $$$"""{"collection":"forums","record":{"code":"BENCH-{{{forum}}}","names":[{"kind":"official","language":"en","text":"Forum {{{forum}}}"}]}}"""
                    )
            );

    private static IEnumerable<string> Lines() =>
        Enumerable
            .Range(0, Memberships)
            .Select(number =>
                $$$"""{"collection":"memberships","record":{"forum":"BENCH-{{{number / MembersOfAForum}}}","member":{"kind":"state","code":"{{{MadeUpWords.StateCode(number % MembersOfAForum)}}}"},"standings":[{"standing":"observer","from":"1992","until":"1999-05-31","sources":[{"citation":"A list","confidence":"medium"}]},{"standing":"member","from":"1999-06"}]}}"""
            );

    private static async Task<(double Seconds, double MoreMemory)> ImportAsync(
        Workbench bench,
        Server product,
        IEnumerable<string> lines
    )
    {
        var before = product.AnonymousMemory;
        var most = before;
        using var done = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                most = Math.Max(most, product.AnonymousMemory);
                await Task.Delay(10);
            }
        });
        var took = await bench.Data.ImportAsync(product, lines);
        await done.CancelAsync();
        await watching;
        return (took.TotalSeconds, (most - before) / 1024.0);
    }

    /// <summary>What the import wrote is read first, so that only the inserting is timed.</summary>
    private static double InsertPlainly(string written, string into)
    {
        var rows = new List<(string Table, string[] Columns, List<object[]> Values)>();
        using (var source = Open(written))
        {
            foreach (var table in Written)
            {
                using var select = Command(source, $"SELECT * FROM {table}");
                using var reader = select.ExecuteReader();
                string[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
                var values = new List<object[]>();
                while (reader.Read())
                {
                    var row = new object[columns.Length];
                    reader.GetValues(row);
                    values.Add(row);
                }

                rows.Add((table, columns, values));
            }
        }

        using var target = Open(into);
        foreach (var setting in new[] { "journal_mode = WAL", "synchronous = FULL", "foreign_keys = OFF" })
        {
            using var pragma = Command(target, $"PRAGMA {setting}");
            pragma.ExecuteNonQuery();
        }

        // The rows of the founders are there already; they are put in their places once more.
        var started = Stopwatch.GetTimestamp();
        using (var transaction = target.BeginTransaction())
        {
            foreach (var (table, columns, values) in rows)
            {
                using var insert = Command(
                    target,
                    $"INSERT OR REPLACE INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => $"@{column}"))})"
                );
                insert.Transaction = transaction;
                var parameters = columns.Select(column => insert.Parameters.AddWithValue($"@{column}", "")).ToArray();
                insert.Prepare();
                foreach (var row in values)
                {
                    for (var at = 0; at < row.Length; at++)
                    {
                        parameters[at].Value = row[at];
                    }

                    insert.ExecuteNonQuery();
                }
            }

            transaction.Commit();
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of the names of the schema alone.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
