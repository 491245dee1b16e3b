using System.Text.Json;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Catalogue;

/// <content>Sources and claims.</content>
public sealed partial class CatalogueFiles
{
    /// <summary>Reads every source.</summary>
    public IEnumerable<SourceModel> Sources() =>
        from row in _sources.Values
        select new SourceModel
        {
            Id = row.Text("id"),
            Publisher = row["publisher"],
            Title = row.Text("title"),
            Url = row["url"],
            Published = row.Date("published"),
            Language = row["language"],
            Kind = row.Word<SourceKind>("kind"),
            Reliability = row.OptionalWord<Reliability>("reliability"),
        };

    /// <summary>Reads every claim, and whether its record follows it.</summary>
    public IEnumerable<(ClaimModel Claim, bool Preferred)> Claims() =>
        from row in CatalogueRow.In("claims.csv")
        select (
            new ClaimModel
            {
                Subject = new ClaimSubjectModel
                {
                    Collection = new ClaimedRecords(row.Text("collection")),
                    Id = row.Text("id"),
                },
                Field = row.Text("field"),
                Value = JsonSerializer.Deserialize<ClaimedValue>(row.Text("value"), RegistryJson.Options),
                Source = row.Text("source"),
                Confidence = row.Word<Confidence>("confidence"),
                Note = row["note"],
            },
            row.True("preferred") ?? false
        );
}
