using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Registry.Bench.Data;

/// <summary>A registry in a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Size">How much is in it.</param>
/// <param name="Founded">The instant at which everything stood as it was first recorded.</param>
/// <param name="Corrected">The instant of the last change but the last corrections, RFC 3339.</param>
internal sealed record RegistryFile(string File, DataSize Size, string Founded, string Corrected)
{
    /// <summary>Instants after which only the last corrections were made, as they stand in an address.</summary>
    public IEnumerable<string> Since(int count) =>
        Enumerable
            .Range(0, count)
            .Select(microseconds =>
                DateTimeOffset
                    .Parse(Corrected, CultureInfo.InvariantCulture)
                    .AddMicroseconds(microseconds)
                    .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)
            );

    /// <summary>Opens the file to learn the two instants.</summary>
    public static RegistryFile Open(string file, DataSize size)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return new RegistryFile(
            file,
            size,
            Read("SELECT MAX(RecordedFrom) FROM Outcome"),
            Read("SELECT MAX(Instant) FROM Change WHERE Instant < (SELECT MAX(Instant) FROM Change)")
        );

        string Read(string sql)
        {
#pragma warning disable CA2100 // One of the two above.
            using var command = new SqliteCommand(sql, connection);
#pragma warning restore CA2100
            return (string)command.ExecuteScalar()!;
        }
    }
}
