using System.Text.Json.Serialization.Metadata;
using Galley.Content;
using Galley.Delivery.Articles.Fields;
using Galley.Publishing.Rendering;

namespace Galley.Tests.Delivery.Articles.Fields;

/// <summary>What may be asked for is what is sent.</summary>
public sealed class FieldShapeTests
{
    [Fact]
    public void Fields_are_the_members_that_the_serializer_writes()
    {
        Assert.Equal(MembersOf(typeof(ArticleItem)).Where(name => !name.StartsWith("highlights", StringComparison.Ordinal)).Order(), NamesOf(FieldShape.Article.Inner).Order());
    }

    private static IEnumerable<string> NamesOf(IReadOnlyList<FieldShape> fields) => fields.SelectMany(field => NamesOf(field.Inner).Select(inner => $"{field.Name}/{inner}").Prepend(field.Name));

    private static IEnumerable<string> MembersOf(Type type)
    {
        var form = ContentJson.Options.GetTypeInfo(type);
        if (form.Kind == JsonTypeInfoKind.Enumerable)
            return MembersOf(form.ElementType!);

        return form.Properties.SelectMany(member => (member.Name == FieldShape.Body ? [] : MembersOf(member.PropertyType)).Select(inner => $"{member.Name}/{inner}").Prepend(member.Name));
    }
}
