using MediatR;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Problems;
using Registry.Infrastructure.Records.Writing;

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

        // The future is unknown. The time of the last change may be slightly ahead of the clock, and is allowed.
        if (
            request is INamesInstant { Instant: (var parameter, { } instant) }
            && instant > clock.GetUtcNow()
            && instant > await ledger.LastInstantAsync(cancellationToken)
        )
        {
            errors.Add(parameter, "It cannot be in the future.");
        }

        errors.ThrowIfAny();
        return await next();
    }
}
