"""Statements that violate shapes of ontology/shapes.ttl, in Turtle without prefixes."""

from __future__ import annotations

from typing import Final

# What neither a broken data file nor a key on a wrong type nor all corruptions at once violate.
INVALID_STATEMENTS: Final = """
<relation> a itas:Relation .
<thing> dcterms:spatial <x> ; dcterms:temporal <x> ; itas:plans <x> ; itas:states <x> ; dcterms:references <x> ;
    itas:discussant <x> ; itas:presenter <x> ; itas:moderatedBy <x> ;
    itas:qualifiedAbout <about> ; itas:line 0 ; owl:sameAs <x> ; owl:differentFrom <x> .
<about> rdf:object <x> .
<derived> a itas:Relation ; rdf:object <x> ; prov:wasDerivedFrom <about-another> .
<about-another> rdf:object <thing> .
<talk> a itas:Contribution ; itas:word "word" ; itas:qualifiedPresents <presents> ; itas:appearance <appearance> .
<appearance> org:memberDuring <x> ; rdf:object <person> ; org:member <another-person> .
<event> a schema:Event ; schema:superEvent <person> .
<person> a schema:Person , schema:Place .
<concept> a skos:Concept , skos:ConceptScheme ; skos:broader <x> ; skos:related <x> .
<topic> a itas:Topic ; skos:inScheme <scheme/forms> .
<group> a itas:TargetGroup ; skos:inScheme <scheme/status> .
<sector> a itas:Sector ; skos:inScheme <scheme/forms> .
<thing> schema:knowsAbout <x> , <y> ; itas:qualifiedKnowsAbout <known> ; org:classification <x> , <y> ; itas:qualifiedSector <classified> ;
    itas:undecided 0 .
<known> rdf:object <x> .
<classified> rdf:object <x> .
<north> a schema:Place ; schema:latitude 90.5 .
<east> a schema:Place ; schema:longitude 180.5 .
<project> a foaf:Project ; itas:participation <participation> ; itas:participant <y> ; foaf:fundedBy <y> ;
    itas:qualifiedFundedBy <funding> ; itas:contactPerson <y> ; itas:qualifiedContactPerson <contact> .
<contact> rdf:object <x> .
<participation> org:member <x> ; rdf:object <thing> ; org:organization <x> ; org:role <x> ; itas:since 5 , 6 ; itas:amount 0 .
<org> a schema:Organization ; schema:email "x" ; schema:telephone "x" ; schema:url "x" ; schema:identifier "x" .
<mail> a schema:Person ; schema:email "a@example.org" .
<agreed> a schema:Person ; itas:consent "x" .
<funding> rdf:object <x> ; itas:until 7 ; itas:currency "Euro" .
"""
