namespace Registry.Infrastructure.Importing.Files;

/// <summary>Rows in a temporary file, read in the order in which they were written.</summary>
internal sealed class SpoolFile : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly string _path;
    private readonly BinaryWriter _writer;

    public SpoolFile(string path)
    {
        _path = path;
        _writer = new BinaryWriter(
            new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferSize)
        );
    }

    /// <summary>The number of rows.</summary>
    public long Count { get; private set; }

    public void Add(ImportedRow row)
    {
        Count++;
        _writer.Write(row.Line);
        _writer.Write(row.Collection!);
        _writer.Write(row.Id is not null);
        if (row.Id is not null)
        {
            _writer.Write(row.Id);
        }

        _writer.Write(row.Begun);
        _writer.Write(row.IsPatch);
        _writer.Write(row.Readings.Count > 0 ? ImportRow.Write(row.Readings)! : "");
        _writer.Write7BitEncodedInt(row.Record.Length);
        _writer.Write(row.Record.Span);
    }

    public IEnumerable<ImportedRow> Rows()
    {
        _writer.Flush();
        using var reader = new BinaryReader(
            new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, BufferSize)
        );
        for (var read = 0L; read < Count; read++)
        {
            var (line, collection) = (reader.ReadInt64(), reader.ReadString());
            var id = reader.ReadBoolean() ? reader.ReadString() : null;
            var (begun, isPatch, readings) = (reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadString());
            yield return new(line, collection, id, reader.ReadBytes(reader.Read7BitEncodedInt()))
            {
                Begun = begun,
                IsPatch = isPatch,
                Readings = ImportRow.ReadReadings(readings),
            };
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        File.Delete(_path);
    }
}
