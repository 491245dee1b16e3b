using MediatR;

namespace Registry.Api.Pipeline;

/// <summary>Checks a request's own annotations before its handler runs, whoever sent the request.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        var errors = new FieldErrors();
        Annotations.Check(request, "", errors);
        errors.ThrowIfAny();
        return next();
    }
}
