using System.Text.Json;

namespace Registry.Infrastructure.Importing;

/// <summary>What came of the rows of an import that is not settled yet, laid aside on disk.</summary>
internal sealed class ReportFile : IDisposable
{
    private readonly string _path;
    private readonly StreamWriter _writer;

    public ReportFile(string path)
    {
        _path = path;
        _writer = new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
    }

    public void Add(ImportRow row) =>
        _writer.WriteLine(
            JsonSerializer.Serialize(
                new Entry(row.Line, row.Collection, row.RecordId, row.Result, row.Refusal, row.Changes, row.Readings)
            )
        );

    public IEnumerable<ImportRow> Rows()
    {
        _writer.Flush();
        using var reader = new StreamReader(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
        {
            var entry = JsonSerializer.Deserialize<Entry>(line)!;
            yield return new()
            {
                Line = entry.Line,
                Collection = entry.Collection,
                RecordId = entry.Id,
                Result = entry.Result,
                Refusal = entry.Refusal,
                Changes = entry.Changes,
                Readings = entry.Readings,
            };
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        File.Delete(_path);
    }

    private sealed record Entry(
        long Line,
        string? Collection,
        string? Id,
        string Result,
        string? Refusal,
        string? Changes,
        string? Readings
    );
}
