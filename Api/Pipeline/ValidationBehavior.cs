using MediatR;
using Registry.Api.Features.Changes;
using Registry.Api.Http;
using Registry.Infrastructure.Records;

namespace Registry.Api.Pipeline;

/// <summary>Validates the annotations of a request before its handler runs, whether it came over HTTP or not.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(TimeProvider clock, Ledger ledger)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        var errors = new FieldErrors();
        Annotations.Check(request, "", errors);

        // What is not recorded yet cannot be known; the last change may be a moment ahead of the clock.
        var (name, said) = request switch
        {
            Question question => ("knownAt", question.KnownAt),
            ChangesQuery changes => ("since", changes.Since),
            _ => ("", null),
        };
        if (
            said is { } instant
            && instant > clock.GetUtcNow()
            && instant > await ledger.LastInstantAsync(cancellationToken)
        )
        {
            errors.Add(name, "It is in the future.");
        }

        errors.ThrowIfAny();
        return await next();
    }
}
