namespace Registry.Infrastructure.Importing.Files;

/// <summary>The results of the rows of an import in progress, kept on disk.</summary>
internal sealed class ReportFile : IDisposable
{
    private readonly string _path;
    private readonly BinaryWriter _writer;
    private long _count;

    public ReportFile(string path)
    {
        _path = path;
        _writer = new BinaryWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
    }

    public void Add(ImportRow row)
    {
        _count++;
        _writer.Write(row.Line);
        _writer.Write(row.Result);
        foreach (var text in new[] { row.Collection, row.RecordId, row.Refusal, row.Changes, row.Readings })
        {
            _writer.Write(text is not null);
            if (text is not null)
            {
                _writer.Write(text);
            }
        }
    }

    public IEnumerable<ImportRow> Rows()
    {
        _writer.Flush();
        using var reader = new BinaryReader(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        for (var read = 0L; read < _count; read++)
        {
            yield return new()
            {
                Line = reader.ReadInt64(),
                Result = reader.ReadString(),
                Collection = TextOf(reader),
                RecordId = TextOf(reader),
                Refusal = TextOf(reader),
                Changes = TextOf(reader),
                Readings = TextOf(reader),
            };
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        File.Delete(_path);
    }

    private static string? TextOf(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}
