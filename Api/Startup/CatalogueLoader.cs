using System.Diagnostics;
using MediatR;
using Registry.Api.Features.Forums;
using Registry.Api.Features.States;
using Registry.Infrastructure.Catalogue;
using Registry.Infrastructure.Database;

namespace Registry.Api.Startup;

/// <summary>
/// Fills an empty registry with the default catalogue, through the same use cases a client has and in one
/// transaction: a start that is broken off leaves an empty registry, never half a catalogue.
/// </summary>
internal sealed class CatalogueLoader(IMediator mediator, Ledger ledger, Author author, ILogger<CatalogueLoader> log)
{
    private const string Name = "catalogue";

    /// <summary>Does nothing where anything was ever written.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (await ledger.LastSequenceAsync(cancellationToken) > 0)
        {
            return;
        }

        author.Name = Name;
        var started = Stopwatch.GetTimestamp();
        log.LogInformation("Loading the default catalogue ...");
        var files = new CatalogueFiles();
        var counts = (States: 0, Forums: 0, Bodies: 0, Memberships: 0);
        await ledger.AllOrNothingAsync(
            async () =>
            {
                foreach (var state in files.States())
                {
                    await mediator.Send(new CreateState { Document = state }, cancellationToken);
                    counts.States++;
                }

                foreach (var forum in files.Forums())
                {
                    await mediator.Send(new CreateForum { Document = forum }, cancellationToken);
                    counts.Forums++;
                }

                foreach (var (forum, body) in files.Bodies())
                {
                    await mediator.Send(new CreateBody { Forum = forum, Document = body }, cancellationToken);
                    counts.Bodies++;
                }

                foreach (var (id, membership) in files.Memberships())
                {
                    await mediator.Send(
                        new ReplaceMembership
                        {
                            Membership = id,
                            IfNoneMatch = ExpectedVersion.None,
                            Document = membership,
                        },
                        cancellationToken
                    );
                    counts.Memberships++;
                }
            },
            cancellationToken
        );
        log.LogInformation(
            "Loaded {States} states, {Forums} forums, {Bodies} bodies and {Memberships} memberships in {Seconds:0.0} s.",
            counts.States,
            counts.Forums,
            counts.Bodies,
            counts.Memberships,
            Stopwatch.GetElapsedTime(started).TotalSeconds
        );
    }
}
