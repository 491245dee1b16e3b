using System.Diagnostics;
using MediatR;
using Registry.Api.Features.Forums;
using Registry.Api.Features.Meetings;
using Registry.Api.Features.Ministers;
using Registry.Api.Features.Provenance;
using Registry.Api.Features.Records;
using Registry.Infrastructure.Catalogue;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.States;

namespace Registry.Api.Startup;

/// <summary>
/// Loads the default catalogue into an empty registry, through the use cases that clients have and in one transaction:
/// an interrupted start leaves an empty registry, never half a catalogue.
/// </summary>
internal sealed class CatalogueLoader(
    IMediator mediator,
    Ledger ledger,
    SequenceWatch watch,
    Author author,
    ILogger<CatalogueLoader> log
)
{
    private const string Name = "catalogue";

    /// <summary>Loads the catalogue; does nothing when anything was ever written.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (await watch.SequenceAsync(cancellationToken) > 0)
        {
            return;
        }

        author.Name = Name;
        var started = Stopwatch.GetTimestamp();
        log.LogInformation("Loading the default catalogue ...");
        var files = new CatalogueFiles();
        var loaded = new List<string>();
        await ledger.AllOrNothingAsync(
            async () =>
            {
                // Referenced records are loaded before the records that refer to them, and claims last.
                await SendAsync("sources", files.Sources(), source => new CreateRecord<SourceModel> { Model = source });
                await SendAsync("states", files.States(), state => new CreateRecord<StateModel> { Model = state });
                await SendAsync("forums", files.Forums(), forum => new CreateRecord<ForumModel> { Model = forum });
                await SendAsync(
                    "bodies",
                    files.Bodies(),
                    entry => new CreateBody { Forum = entry.Forum, Model = entry.Body }
                );
                await SendAsync(
                    "memberships",
                    files.Memberships(),
                    entry => new ReplaceRecord<MembershipModel>
                    {
                        Id = entry.Id,
                        IfNoneMatch = ExpectedVersion.None,
                        Model = entry.Membership,
                    }
                );
                await SendAsync(
                    "ministers",
                    files.Ministers(),
                    minister => new CreateRecord<MinisterModel> { Model = minister }
                );
                await SendAsync("posts", files.Posts(), post => new CreateRecord<PostModel> { Model = post });
                await SendAsync(
                    "appointments",
                    files.Appointments(),
                    appointment => new AppointMinister { Minister = appointment.Minister!, Model = appointment }
                );
                await SendAsync(
                    "meetings",
                    files.Meetings(),
                    meeting => new CreateRecord<MeetingModel> { Model = meeting }
                );
                await SendAsync(
                    "documents",
                    files.OfficialDocuments(),
                    document => new CreateRecord<DocumentModel> { Model = document }
                );
                await SendAsync(
                    "outcomes",
                    files.Outcomes(),
                    outcome => new RecordOutcome { Id = outcome.Meeting!, Model = outcome }
                );
                await SendAsync(
                    "chairmanships",
                    files.Chairmanships(),
                    chairmanship => new RecordChairmanship { Forum = chairmanship.Forum!, Model = chairmanship }
                );
                await ClaimAsync();
            },
            cancellationToken
        );
        log.LogInformation(
            "Loaded {Records} in {Seconds:0.0} s.",
            string.Join(", ", loaded),
            Stopwatch.GetElapsedTime(started).TotalSeconds
        );

        async Task ClaimAsync()
        {
            var count = 0;
            foreach (var (claim, preferred) in files.Claims())
            {
                var stored = await mediator.Send(new CreateRecord<ClaimModel> { Model = claim }, cancellationToken);
                if (preferred)
                {
                    await mediator.Send(new PreferClaim { Id = stored.Id }, cancellationToken);
                }

                count++;
            }

            loaded.Add($"{count} claims");
        }

        async Task SendAsync<T, TAnswer>(string what, IEnumerable<T> facts, Func<T, IRequest<TAnswer>> request)
        {
            var count = 0;
            foreach (var fact in facts)
            {
                await mediator.Send(request(fact), cancellationToken);
                count++;
            }

            loaded.Add($"{count} {what}");
        }
    }
}
