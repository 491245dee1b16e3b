using Registry.Infrastructure.Tables;
using Registry.Infrastructure.Tables.Xlsx;

namespace Registry.Infrastructure.Importing.Files;

/// <summary>The table of a workbook.</summary>
internal sealed class XlsxFile : IDisposable
{
    private readonly FileStream _file;
    private readonly XlsxRows _workbook;

    /// <exception cref="XlsxUnreadableException">It is not a workbook.</exception>
    public XlsxFile(string path, long maxBytes)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            _workbook = new XlsxRows(_file, maxBytes);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the rows for the records of a collection; they can be read more than once.</summary>
    /// <exception cref="XlsxUnreadableException">
    /// While they are read: the workbook is damaged from there on.
    /// </exception>
    public IEnumerable<TableRow> Rows(string collection) =>
        _workbook.Rows(collection).Select(row => new TableRow(row.Number, row.Cells, row.Problem));

    /// <inheritdoc/>
    public void Dispose()
    {
        _workbook.Dispose();
        _file.Dispose();
    }
}
