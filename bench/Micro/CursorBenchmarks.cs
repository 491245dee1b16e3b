using BenchmarkDotNet.Attributes;
using Registry.Api.Http.Lists;

namespace Registry.Bench.Micro;

/// <summary>Writing and reading the place where the next page begins.</summary>
public class CursorBenchmarks
{
    private const string List = """ListMemberships{"forum":["CICA"],"sort":"id"}""";

    private readonly string _cursor = Cursors.Write(("cica.kaz", "cica.kaz"), List);

    /// <summary>Writes a cursor.</summary>
    [Benchmark]
    public string Write() => Cursors.Write(("cica.kaz", "cica.kaz"), List);

    /// <summary>Reads a cursor and checks that it belongs to the list.</summary>
    [Benchmark]
    public (string Key, string Id) Read() => Cursors.Read(_cursor, List);
}
