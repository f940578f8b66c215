namespace Galley.Http;

/// <summary>A part of a request that was read and may have been found wanting. The group's filter answers for all of them at once.</summary>
internal interface IChecked
{
    /// <summary>A problem that leaves nothing else to say, such as a path that cannot be read.</summary>
    Problem? Refusal => null;

    /// <summary>What is wrong with parameters and headers.</summary>
    IReadOnlyList<InputError> Errors => [];
}

/// <summary>Refuses what is wrong with path, query and headers before a handler runs: all of it at once.</summary>
internal static class StrictInput
{
    public static RouteGroupBuilder WithStrictInput(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(async (context, next) =>
        {
            // Where a body is read, what is wrong with it comes after existence and preconditions.
            if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<BodyMetadata>() is null && RequestBody.IsEncoded(context.HttpContext.Request))
                return new BadRequestProblem(RequestBody.Encoded);

            var parts = context.Arguments.OfType<IChecked>().ToList();
            if (parts.Select(part => part.Refusal).FirstOrDefault(refusal => refusal is not null) is { } refusal)
                return new BadRequestProblem(refusal);

            var errors = parts.SelectMany(part => part.Errors).Concat(UndeclaredQuery(context.HttpContext)).ToList();
            return errors.Count > 0 ? new BadRequestProblem(Problems.InvalidQuery(errors)) : await next(context);
        });
        return group;
    }

    // An endpoint without query parameters has no reader that would refuse them.
    private static IReadOnlyList<InputError> UndeclaredQuery(HttpContext context) =>
        context.Request.QueryString.HasValue && context.GetEndpoint()?.Metadata.GetMetadata<QueryMetadata>() is null
            ? new QueryReader(RawTarget.QueryOf(context), []).Errors
            : [];
}
