using System.Globalization;
using System.Reflection;
using CsvHelper;
using Registry.Domain;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Catalogue;

/// <summary>One row of a catalogue file; an empty field is an unknown value.</summary>
internal sealed class CatalogueRow
{
    private const string Folder = "Catalogue/";

    private readonly Dictionary<string, string> _fields;
    private readonly string _place;

    private CatalogueRow(Dictionary<string, string> fields, string place)
    {
        _fields = fields;
        _place = place;
    }

    /// <summary>Gets the field, or null for an unknown value.</summary>
    /// <exception cref="InvalidDataException">The file has no such column.</exception>
    public string? this[string column] =>
        _fields.TryGetValue(column, out var text)
            ? (text.Length == 0 ? null : text)
            : throw new InvalidDataException($"{_place} has no column {column}.");

    /// <summary>Lists the names of the files with a prefix, in order.</summary>
    public static IEnumerable<string> FilesIn(string prefix) =>
        Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder + prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => name[Folder.Length..]);

    /// <summary>Reads the rows of a file.</summary>
    /// <exception cref="InvalidDataException">The file does not exist.</exception>
    public static IReadOnlyList<CatalogueRow> In(string file)
    {
        using var bytes =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + file)
            ?? throw new InvalidDataException($"The catalogue has no file {file}.");
        using var csv = CsvReader.Create(bytes, new CsvReaderOptions { HasHeader = true }, leaveOpen: true);
        var rows = new List<CatalogueRow>();
        while (csv.Read())
        {
            var fields = csv.Headers.ToDictionary(header => header, csv.GetString, StringComparer.Ordinal);
            rows.Add(new CatalogueRow(fields, $"{file}, row {rows.Count + 1},"));
        }

        return rows;
    }

    /// <summary>Gets the field, which is not empty.</summary>
    /// <exception cref="InvalidDataException">The field is empty.</exception>
    public string Text(string column) => this[column] ?? throw Bad(column);

    /// <summary>Gets the field as a date, or null when it is unknown.</summary>
    /// <exception cref="InvalidDataException">The field is not a date.</exception>
    public PartialDate? Date(string column) =>
        this[column] is not { } text ? null
        : PartialDate.TryParse(text, out var date) ? date
        : throw Bad(column);

    /// <summary>Gets the field as a whole number, or null when it is empty.</summary>
    /// <exception cref="InvalidDataException">The field is not a number.</exception>
    public int? Number(string column) =>
        this[column] is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Bad(column);

    /// <summary>Gets true, or null when the field is empty.</summary>
    /// <exception cref="InvalidDataException">The field is neither.</exception>
    public bool? True(string column) =>
        this[column] switch
        {
            null or "false" => null,
            "true" => true,
            _ => throw Bad(column),
        };

    /// <summary>Gets the field as a word of a closed list.</summary>
    /// <exception cref="InvalidDataException">The field is not one of the words.</exception>
    public T Word<T>(string column)
        where T : struct, Enum =>
        Words.All(typeof(T)).Contains(this[column]) ? Words.Read<T>(Text(column)) : throw Bad(column);

    /// <summary>Gets the field as a word of a closed list, or null when it is empty.</summary>
    /// <exception cref="InvalidDataException">The field is not one of the words.</exception>
    public T? OptionalWord<T>(string column)
        where T : struct, Enum => this[column] is null ? null : Word<T>(column);

    private InvalidDataException Bad(string column) => new($"{_place} has {column} '{this[column]}'.");
}
