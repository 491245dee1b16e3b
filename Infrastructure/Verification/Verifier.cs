using Registry.Domain;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Engine.Files;
using Registry.Infrastructure.Engine.Startup;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Search;

namespace Registry.Infrastructure.Verification;

/// <summary>
/// Verifies a database: its pages and references, the change log, the history, and each record with the tables that are made
/// from it. It reads one snapshot and writes nothing.
/// </summary>
/// <remarks>All collections are verified by their descriptions (<see cref="RecordKinds"/>).</remarks>
public sealed class Verifier(RecordStores stores)
{
    /// <summary>Verifies an SQLite file, such as a backup.</summary>
    /// <exception cref="BusyException">The file is not available.</exception>
    /// <exception cref="NewerDatabaseException">A newer version of the program has migrated the database.</exception>
    public async Task<VerificationResult> VerifyAsync(string path, CancellationToken cancellationToken)
    {
        using var database = RegistryDatabase.Sqlite(SqliteFiles.ReadOnly(path));
        return await VerifyAsync(database, cancellationToken);
    }

    /// <summary>Verifies a database, which may be served meanwhile.</summary>
    /// <exception cref="BusyException">The database is not available.</exception>
    /// <exception cref="NewerDatabaseException">A newer version of the program has migrated the database.</exception>
    public async Task<VerificationResult> VerifyAsync(RegistryDatabase database, CancellationToken cancellationToken)
    {
        // It takes longer than a request may.
        Background.Enter();
        var findings = new FindingList();
        var reading = new SnapshotReader(database, cancellationToken);
        try
        {
            return await database.InOneStateAsync(
                () => VerifyAsync(database.Dialect, reading, findings),
                cancellationToken: cancellationToken
            );
        }
        catch (DamagedException damaged)
        {
            findings.Add($"The file: {(damaged.Cause ?? damaged).Message.TrimEnd('.')}.");
            return new VerificationResult(findings.All, 0, 0, null);
        }
    }

    private async Task<VerificationResult> VerifyAsync(SqlDialect dialect, SnapshotReader reading, FindingList findings)
    {
        if (dialect.IsEmbedded)
        {
            findings.Add(await reading.ReadAsync(connection => FileChecks.Damage(connection, FindingList.MaxOfCheck)));
            if (findings.All.Count > 0)
            {
                return new VerificationResult(
                    findings.All,
                    0,
                    0,
                    "The records of a file with damaged pages are not verified."
                );
            }

            findings.Add(
                await reading.ReadAsync(connection => FileChecks.BrokenReferences(connection, FindingList.MaxOfCheck))
            );
        }

        var schema = await SchemaCheck.RunAsync(dialect, reading);
        findings.Add(schema.Findings);
        if (!schema.IsCurrent)
        {
            return new VerificationResult(findings.All, 0, 0, schema.Note);
        }

        foreach (var statement in VerificationSql.OfLog.Concat(VerificationSql.OfRecords))
        {
            findings.Add(await reading.TextsAsync(statement, FindingList.MaxOfCheck));
        }

        var isIndexed = await reading.NumberAsync(SearchSql.Format) == NameTokens.Format;
        var records = 0L;
        foreach (var kind in RecordKinds.All)
        {
            var check = new RecordCheck(kind, stores.Of(kind.Collection), isIndexed, findings);
            records += await check.RunAsync(dialect, reading);
        }

        return new VerificationResult(
            findings.All,
            await reading.NumberAsync(VerificationSql.Changes) ?? 0,
            records,
            null
        );
    }
}
